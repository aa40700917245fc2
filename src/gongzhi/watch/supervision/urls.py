"""Addresses of supervision."""

from django.urls import path

from gongzhi.watch.supervision.pages import findings, recordings, reviews

app_name = "supervision"
urlpatterns = [
    path("supervision/", findings.board, name="board"),
    path("supervision/<int:key>/", findings.finding, name="finding"),
    path("supervision/<int:key>/answer/", findings.answer, name="answer"),
    path("supervision/<int:key>/accept/", findings.accept, name="accept"),
    path("supervision/<int:key>/send-back/", findings.send_back, name="send_back"),
    path("supervision/<int:key>/escalate/", findings.escalate, name="escalate"),
    path("supervision/reviews/", reviews.reviews, name="reviews"),
    path("supervision/reviews/<int:key>/", reviews.review, name="review"),
    path("supervision/recordings/", recordings.recordings, name="recordings"),
    path("supervision/recordings/register/", recordings.register, name="register"),
]
