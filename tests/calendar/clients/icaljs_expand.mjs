// Print what ical.js makes of the calendar on stdin, as JSON.
// The first argument is the path of the ical.js module.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { default: ICAL } = await import(pathToFileURL(process.argv[2]).href);
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));

// Only the calendar's own time zones: ical.js knows no others.
ICAL.TimezoneService.reset();
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
}

const utc = (time) => {
  if (time.zone === ICAL.Timezone.localTimezone) throw new Error(`a floating time: ${time}`);
  return new Date(time.toUnixTime() * 1000).toISOString();
};
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    summary: event.summary,
    description: event.description,
    start: utc(event.startDate),
    end: utc(event.endDate),
    sequence: event.sequence,
  };
});
console.log(JSON.stringify(events));
