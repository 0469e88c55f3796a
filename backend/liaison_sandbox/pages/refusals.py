class Refused(Exception):
    """Something a person asked for cannot be done; the text says why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def wrong(sentence: str) -> Refused:
    return Refused(400, sentence)


def missing(sentence: str) -> Refused:
    return Refused(404, sentence)


def conflict(sentence: str) -> Refused:
    return Refused(409, sentence)
