"""Two administrators who act on each other at the same moment: one is first, the other has no right any more."""

from threading import Barrier, Thread

from django.db import connection

from departments.models import Post, User
from departments.people.posts import revoke
from departments.permissions import Refused
from departments.tests.factories import make_officer


def test_it_lets_one_of_two_win(committed_db: None) -> None:
    for _ in range(5):
        first, second = (make_officer(Post.Role.SECURITY_ADMIN, full_name=name) for name in ("孙敏", "何英"))
        start, outcomes = Barrier(2), list[str]()

        def take_away(by: User, post: Post, start: Barrier = start, outcomes: list[str] = outcomes) -> None:
            start.wait(timeout=20)
            try:
                revoke(post, by=by)
                outcomes.append("done")
            except Refused:
                outcomes.append("refused")
            finally:
                connection.close()

        pairs = [(first, second.posts.get()), (second, first.posts.get())]
        threads = [Thread(target=take_away, args=pair) for pair in pairs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)

        assert sorted(outcomes) == ["done", "refused"]
        assert Post.objects.filter(user__in=(first, second)).count() == 1
