"""What Prometheus may ask on a port of its own, open to this machine alone: counts and times, never a text."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server

_LOOPBACK = "127.0.0.1"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The server's counters, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self._questions = Counter("youju_questions", "回答了的问题", ("status", "reason", "writer"), registry=registry)
        self._seconds = Histogram("youju_answer_seconds", "作答用时", registry=registry, buckets=_SECONDS)
        self._fallbacks = Counter("youju_writer_fallbacks", "撰写失败后改用原文", registry=registry)
        self._requests = Counter("youju_requests", "收到的请求", ("route", "status"), registry=registry)
        self._took = Histogram("youju_request_seconds", "请求用时", ("route",), registry=registry, buckets=_SECONDS)
        self._open = Gauge("youju_open_requests", "正在处理的请求，包括打开的网页", registry=registry)
        self._asking = Gauge("youju_open_questions", "正在回答和排队的提问", registry=registry)
        self._index = Gauge("youju_index", "正在使用的索引", ("generation",), registry=registry)

    def listen(self, port: int) -> None:
        """Answer on that port of the loopback interface."""
        start_http_server(port, addr=_LOOPBACK, registry=self.registry)

    def answered(self, status: str, reason: str | None, writer: str, seconds: float) -> None:
        """Count an answer that was given."""
        self._questions.labels(status, reason or "", writer).inc()
        self._seconds.observe(seconds)

    def fell_back(self) -> None:
        """Count an answer that its writer could not write."""
        self._fallbacks.inc()

    def requested(self, route: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        self._requests.labels(route, str(status)).inc()
        self._took.labels(route).observe(seconds)

    def under_way(self, requests: int, questions: int) -> None:
        """How many requests and questions are being answered now."""
        self._open.set(requests)
        self._asking.set(questions)

    def uses(self, generation: str) -> None:
        """The index that answers are made from now."""
        self._index.clear()
        self._index.labels(generation).set(1)
