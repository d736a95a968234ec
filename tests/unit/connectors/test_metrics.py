from connectors.metrics import Count, Gauge, Metrics, Timing


def test_counts_are_kept_by_label():
    metrics = Metrics()
    metrics.count(Count.REPLIES, channel="web", status="answered")
    metrics.count(Count.REPLIES, 2, status="no_status", channel="web")
    lines = metrics.render({}).splitlines()
    assert 'bhxh_replies_total{channel="web",status="answered"} 1' in lines
    assert 'bhxh_replies_total{channel="web",status="no_status"} 2' in lines


def test_a_duration_falls_into_every_larger_bucket():
    metrics = Metrics()
    metrics.observe(Timing.ANSWER, 0.02)
    text = metrics.render({})
    assert 'bhxh_answer_seconds_bucket{le="0.01"} 0' in text
    assert 'bhxh_answer_seconds_bucket{le="0.025"} 1' in text
    assert 'bhxh_answer_seconds_bucket{le="+Inf"} 1' in text
    assert "bhxh_answer_seconds_count 1" in text


def test_gauges_are_those_that_were_read():
    text = Metrics().render({Gauge.WAITING: 3})
    assert "bhxh_inbox_waiting 3" in text
    assert "bhxh_inbox_dead_letters" not in text
