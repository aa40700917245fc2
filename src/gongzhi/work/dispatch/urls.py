"""Addresses of the dispatch console."""

from django.urls import path

from gongzhi.work.dispatch.pages import console, cover, deeds, fleet, joint, linking, ways

app_name = "dispatch"
urlpatterns = [
    path("console/", console.console, name="console"),
    path("console/queue/", console.queue_piece, name="queue"),
    path("console/units/", console.units_piece, name="units"),
    path("console/map/incidents/", console.map_incidents, name="map_incidents"),
    path("console/map/units/", console.map_units, name="map_units"),
    path("console/map/cells/", console.map_cells, name="map_cells"),
    path("console/map/cover/", cover.map_cover_cells, name="map_cover"),
    path("console/cover/", cover.cover_piece, name="cover"),
    path("console/cover/moves/", cover.moves_piece, name="moves"),
    path("console/cover/ask/", cover.ask_move, name="ask_move"),
    path("console/cover/end/", cover.end_move, name="end_move"),
    path("console/joint/", joint.joint_piece, name="joint"),
    path("console/joint/send/", joint.send_jointly, name="send_jointly"),
    path("console/incidents/<int:key>/", console.detail_piece, name="detail"),
    path("console/incidents/<int:key>/assign/", deeds.assign, name="assign"),
    path("console/incidents/<int:key>/send-card/", deeds.send_card, name="send_card"),
    path("console/incidents/<int:key>/alarm/", deeds.alarm, name="alarm"),
    path("console/incidents/<int:key>/state/", deeds.state, name="state"),
    path("console/incidents/<int:key>/why/", deeds.why, name="why"),
    path("console/incidents/<int:key>/recall/", deeds.recall, name="recall"),
    path("console/incidents/<int:key>/progress/", deeds.progress, name="progress"),
    path("console/incidents/<int:key>/step/<slug:code>/", deeds.step, name="step"),
    path("console/incidents/<int:key>/note/", deeds.note, name="note"),
    path("console/incidents/<int:key>/join/", deeds.join, name="join"),
    path("console/incidents/<int:key>/ask/", linking.ask, name="ask"),
    path("console/partners/<int:key>/phone/", linking.phone, name="partner_phone"),
    path("console/partners/<int:key>/answer/", linking.answer, name="partner_answer"),
    path("console/partners/<int:key>/cancel/", linking.cancel, name="partner_cancel"),
    path("console/partners/<int:key>/link/", linking.link, name="partner_link"),
    path("console/incidents/<int:key>/give/", deeds.give, name="give"),
    path("console/incidents/<int:key>/grade/", deeds.grade, name="grade"),
    path("console/ways/", ways.ways, name="ways"),
    path("console/ways/<int:key>/lift/", ways.lift, name="lift"),
    path("fleet/", fleet.units, name="fleet"),
    path("fleet/new/", fleet.new_unit, name="new_unit"),
    path("fleet/<int:key>/", fleet.unit, name="unit"),
    path("fleet/<int:key>/retire/", fleet.retire, name="retire_unit"),
    path("fleet/<int:key>/shifts/", fleet.plan, name="plan_shift"),
    path("fleet/<int:key>/shifts/drop/", fleet.drop, name="drop_shift"),
    path("fleet/<int:key>/status/", fleet.status, name="unit_status"),
]
