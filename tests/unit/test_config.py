from pathlib import Path

import pytest

from liaison.config import read_settings
from liaison.errors import ConfigurationError, TenantNotConfigured

TENANT = "11111111-1111-1111-1111-111111111111"


@pytest.fixture
def read(tmp_path, monkeypatch):
    def read(env_file="", **variables):
        (tmp_path / ".env").write_text(env_file)
        for name, value in variables.items():
            monkeypatch.setenv(f"LIAISON_{name}", value)
        return read_settings(tmp_path / ".env")

    return read


def _problems(read, **variables):
    with pytest.raises(ConfigurationError) as caught:
        read(**variables)
    return caught.value.problems


def test_an_empty_environment_is_enough_to_start(read):
    settings = read()

    assert settings.database_url is None
    assert settings.public_url == "http://localhost:8080"
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert settings.data_dir == Path(".data")


def test_the_public_address_follows_the_port(read):
    assert read(PORT="9000").public_url == "http://localhost:9000"


def test_all_wrong_values_are_reported_together_a_sentence_each(read):
    problems = _problems(
        read, PORT="99999", PUBLIC_URL="ftp://x", TENANT_ID="nope", LOG_LEVEL="loud",
        DATABASE_URL="mysql://x", GRAPH_URL="https://[x", CA_FILE="/none.pem", HOST="a b",
        FRAME_ANCESTORS="https://a.example/path",
    )  # fmt: skip

    assert [problem.split()[0] for problem in problems] == [
        "LIAISON_DATABASE_URL", "LIAISON_PUBLIC_URL", "LIAISON_HOST", "LIAISON_PORT",
        "LIAISON_TENANT_ID", "LIAISON_GRAPH_URL", "LIAISON_CA_FILE", "LIAISON_FRAME_ANCESTORS",
        "LIAISON_LOG_LEVEL",
    ]  # fmt: skip
    assert all(problem.endswith((".", ".pem.")) for problem in problems)


@pytest.mark.parametrize("url", ["http://localhost:1", "http://127.0.0.1", "http://[::1]:8080/a"])
def test_http_is_allowed_on_this_machine(read, url):
    assert read(PUBLIC_URL=url).public_url == url


@pytest.mark.parametrize(
    "url", ["http://liaison.example.com", "http://10.0.0.1", "http://127.0.0.1.example"]
)
def test_http_is_refused_anywhere_else(read, url):
    assert "https://" in _problems(read, PUBLIC_URL=url)[0]


@pytest.mark.parametrize(
    "url", ["https://u:p@x.example", "https://x.example/?a=1", "https://x.example/#a"]
)
def test_an_address_carries_nothing_but_host_and_path(read, url):
    assert len(_problems(read, PUBLIC_URL=url)) == 1


def test_a_path_prefix_is_kept_without_its_last_slash(read):
    assert read(PUBLIC_URL="https://x.example/liaison/").public_url == "https://x.example/liaison"


def test_the_environment_comes_before_the_file(read):
    settings = read("LIAISON_PORT=9000\nLIAISON_HOST=0.0.0.0", PORT="9001")

    assert (settings.port, settings.host) == (9001, "0.0.0.0")


def test_an_empty_value_counts_as_not_set(read):
    assert read("LIAISON_PORT=\nLIAISON_TENANT_ID=").port == 8080


@pytest.mark.parametrize(
    ("name", "value"),
    [("CLIENT_SECRET", "s3cret"), ("METRICS_TOKEN", "t"), ("DATABASE_URL", "postgresql://h/d")],
)
def test_a_secret_may_stand_in_a_file_of_its_own(read, tmp_path, name, value):
    (tmp_path / "secret").write_text(f"{value}\n")

    settings = read(**{f"{name}_FILE": str(tmp_path / "secret")})

    assert getattr(settings, name.lower()) == value


def test_a_secret_file_that_cannot_be_read_is_a_problem(read, tmp_path):
    problems = _problems(read, CLIENT_SECRET_FILE=str(tmp_path / "none"))

    assert problems == ["LIAISON_CLIENT_SECRET is given as a file that cannot be read."]


def test_secret_and_certificate_exclude_each_other(read, tmp_path):
    (tmp_path / "app.pem").touch()

    problems = _problems(read, CLIENT_SECRET="s", CLIENT_CERTIFICATE_FILE=str(tmp_path / "app.pem"))

    assert problems == ["Give LIAISON_CLIENT_SECRET or LIAISON_CLIENT_CERTIFICATE_FILE, not both."]


def test_secrets_are_not_shown_with_the_settings(read):
    settings = read(CLIENT_SECRET="s3cret", DATABASE_URL="postgresql://u:s3cret@h/d")

    assert "s3cret" not in repr(settings)


def test_without_a_tenant_the_sentence_names_what_is_missing(read):
    settings = read(TENANT_ID=TENANT)

    with pytest.raises(TenantNotConfigured, match="LIAISON_CLIENT_ID, LIAISON_CLIENT_SECRET"):
        settings.require_tenant()


def test_with_a_whole_tenant_nothing_is_missing(read):
    settings = read(TENANT_ID=TENANT, CLIENT_ID=TENANT, CLIENT_SECRET="s")

    assert settings.has_tenant
    settings.require_tenant()
