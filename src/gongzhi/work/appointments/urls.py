"""Addresses of booking, of the hall, and of the counters."""

from django.urls import path

from gongzhi.work.appointments.pages import booking, desk, hall, mine

app_name = "appointments"
urlpatterns = [
    path("appointments/", booking.start, name="start"),
    path("appointments/times/", booking.times, name="times"),
    path("appointments/book/", booking.book, name="book"),
    path("appointments/wait/", booking.wait, name="wait"),
    path("appointments/open/", booking.open_code, name="open"),
    path("appointments/mine/", mine.mine, name="mine"),
    path("appointments/mine/move/", mine.move, name="move"),
    path("appointments/mine/cancel/", mine.cancel, name="cancel"),
    path("appointments/mine/accept/", mine.accept, name="accept"),
    path("appointments/mine/forget/", mine.forget, name="forget"),
    path("appointments/mine/visit.ics", mine.calendar, name="calendar"),
    path("hall/<slug:office>/", hall.hall, name="hall"),
    path("hall/<slug:office>/numbers/<slug:token>/", hall.kiosk, name="kiosk"),
    path("hall/<slug:office>/calendar/<slug:token>.ics", hall.feed, name="feed"),
    path("counters/", desk.desk, name="desk"),
    path("counters/day/", desk.day, name="day"),
    path("counters/find/", desk.find, name="find"),
    path("counters/take/", desk.take, name="take"),
    path("counters/call/", desk.call, name="call"),
    path("counters/tickets/<int:key>/", desk.ticket, name="ticket"),
    path("counters/tickets/<int:key>/<slug:how>/", desk.end, name="end"),
    path("counters/bookings/<int:key>/arrived/", desk.arrive, name="arrive"),
    path("counters/bookings/<int:key>/missed/", desk.not_come, name="not_come"),
    path("counters/bookings/<int:key>/contact/", desk.contact, name="contact"),
]
