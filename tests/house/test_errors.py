from liaison.reasons.error_document import list_errors


def test_every_error_has_a_code_of_its_own():
    codes = [kind.__dict__.get("code") for kind in list_errors()]

    assert [code for code in codes if codes.count(code) > 1 or not code] == []


def test_every_error_has_a_sentence():
    silent = [
        kind.__name__ for kind in list_errors() if not (kind.__doc__ or "").strip().endswith(".")
    ]

    assert silent == []
