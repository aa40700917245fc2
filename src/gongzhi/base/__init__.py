"""The ground floor: log, catalogue, matters, access, calendar, places, people, files, ui."""
