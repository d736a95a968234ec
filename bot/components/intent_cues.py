"""Accent-free words of which a guess of a costly intent needs one: statistics alone may not take an answer away."""

from __future__ import annotations

from collections.abc import Mapping

from bot.components.question_signs import phrases

CUES: Mapping[str, tuple[str, ...]] = {
    "affirm": phrases(
        """
        vang, da, co, dung, phai, chinh xac, chuan, dong y, duoc, nhat tri, u, o, ua, uh, um, yes, yeah, ok, oke, okie,
        okay, lam on, lam giup, lam di, hieu roi, muon, day, luon, chac, tat nhien, di nao
        """
    ),
    "deny": phrases(
        """
        khong, hong, hk, ko, kg, thoi, khoi, chua, de sau, luc khac, hom khac, no, nope, bo qua, dung lai, khoi can
        """
    ),
    "report_scam": phrases(
        """
        lua, lua dao, gia mao, gia danh, mao danh, otp, link, duong link, app la, app ngoai, ung dung la, so la,
        nguoi la, xung, tu xung, ke gian, chuyen tien, chuyen khoan, thu gom, hoi mua so, mua so, ru ban,
        khoa the, lay phi, mat khau, tin nhan
        """
    ),
    "complain": phrases(
        """
        buc, buc xuc, buc minh, hanh dan, hanh nguoi, thai do, nhung nhieu, voi vinh, voi tien, phong bi, lot tay,
        dun day, quan lieu, trach nhiem, tac trach, lam an, te, kem, that vong, nghe may, bat may, may ban,
        bao ban, cung ban, ban suot, doi tien, quat, hach dich, cua quyen, kho dan, lam kho, hai long, chap nhan,
        bat cong, qua dang, len bao, kien cac, coc loc, cau gat, khong ai, loi hoai, khieu nai, gop y, uc che,
        tuc, dan kho, kho dan, coi thuong, ton trong, khinh, doi xu, cham chap, di lai, may nguoi, cac nguoi,
        lam viec rieng, kieu gi, noi mot kieu, tra thi, phan anh, kho qua, goi khong duoc, phuc vu, dich vu,
        cho ca buoi, do te, tieng dong ho, ve khong
        """
    ),
    "report_late_dossier": phrases(
        """
        tre hen, tre han, da tre, bi tre, tre hon, qua hen, qua han, qua ngay, den hen, toi hen, ngay hen,
        giay hen, phieu hen, hen, ngam, bi cham, cham, chua tra, chua co, chua giai quyet, chua xong, chua nhan,
        chua thay, chua xu ly, chua duyet, chua duoc, lau qua, doi hoai, cho mai, doi mai
        """
    ),
    "ask_own_case": phrases(
        """
        giup, gium, ve chua, chua ve, chuyen chua, duyet chua, xong chua, tien chua, co chua, chot chua, so chua,
        so cho, het han chua, con han, con gia tri, dung duoc khong, toi dau, den dau, buoc nao, bao gio ve,
        bao gio tien, khi nao toi nhan, khi nao em co, chua co tien, chua nhan duoc tien, ma so cua,
        ma so bhxh cua, ma so bao hiem cua, mat khau, cua toi duoc, em dong duoc, toi dong duoc,
        toi dong bao hiem duoc, em duoc lanh, toi duoc lanh, tui lanh, bi tru, it hon, bi tra lai, trang thai,
        ma ho so, thong tin cua em, dong toi, danh sach, cccd, can cuoc
        """
    ),
    "request_person": phrases(
        """
        gap, noi chuyen, noi voi, chat, nguoi that, nguoi thiet, con nguoi, nguoi, nhan vien, can bo, tu van vien,
        tong dai, tong dai vien, chuyen vien, ai do, ai that, admin, ad, noi may, chuyen may, goi lai, operator,
        human, person, staff, giam doc, sep, lanh dao, quan ly, tra loi may, anh chi nao, truc tiep, may
        """
    ),
}


SELF_REFERENCES = frozenset(phrases("toi, em, minh, tui, bac, chi, anh, co, chu, ben, nha, chau, con, tra, doi, hoi"))
"""First words of "I am an employer"; a message that begins with the employers themselves is a question."""
