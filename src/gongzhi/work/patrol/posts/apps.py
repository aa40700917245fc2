"""The place of posts in Django."""

from django.apps import AppConfig


class PostsConfig(AppConfig):
    """Where units should stand."""

    name = "gongzhi.work.patrol.posts"
    label = "posts"
