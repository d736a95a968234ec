from connectors.apology import load_apology


def test_a_given_up_message_is_answered_with_the_offer_of_a_person():
    apology = load_apology()
    assert (apology.status, apology.form, apology.handoff) == ("error_service", "leave_message", "error")
    assert "1900 9068" in apology.text
