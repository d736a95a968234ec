from bot.nlu_scores import Reading, scores

READINGS = [Reading("a", "x", "x"), Reading("b", "x", "y"), Reading("c", "y", "y"), Reading("d", "y", "y")]


def test_recall_counts_what_was_found_of_an_intent():
    assert scores(READINGS)["intents"]["x"]["recall"] == 0.5


def test_macro_f1_weighs_all_intents_alike():
    assert scores(READINGS)["macro_f1"] == round((2 / 3 + 4 / 5) / 2, 4)


def test_the_misread_rows_are_listed():
    assert scores(READINGS)["misread"] == [{"text": "b", "intent": "x", "found": "y"}]
