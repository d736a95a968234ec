from connectors.apology import load_apology


def test_a_given_up_message_brings_in_a_person():
    apology = load_apology()
    assert (apology.status, apology.form, apology.handoff) == ("error_service", None, "error")
