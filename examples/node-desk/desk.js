#!/usr/bin/env node
// A small desk for the directives of a meeting: a program that the features can run against.
//
// A request is a JSON object on a line of standard input; its answer is one on a line of standard output. The desk
// keeps a log and nothing else. A command returns what to add to it, or is refused and adds nothing; a question is
// answered from it. Days are texts, 2023-11-15, which compare as they stand; moments are Dates.
"use strict";

const { createHash } = require("node:crypto");
const { isDeepStrictEqual } = require("node:util");

const STATES = { Submitted: "submitted", Returned: "returned", Verified: "verified" };

let desk = null; // since the last reset: the log, the codes of the levels, the present moment, the clock of the zone

function refuseIf(wrong, reason, facts = {}) {
  if (wrong) throw Object.assign(new Error(`refused: ${reason}`), { refusal: { outcome: "refused", reason, facts } });
}

// Days and moments

function momentOf(text) {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) throw new Error(`${text} is no moment`);
  return moment;
}

/** The day of a moment; it ends at midnight in the zone of the desk. */
const dayOf = (moment) => desk.clock.format(moment).slice(0, 10);

/** The first moment of a day: midnight in UTC, less what the clock of the zone is ahead then. */
function startOf(day) {
  const midnight = momentOf(`${day}T00:00:00Z`);
  const ahead = momentOf(`${desk.clock.format(midnight)}Z`) - midnight;
  return new Date(midnight - ahead);
}

const daysAfter = (day, days) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

// What the log tells

const entriesOf = (id) => desk.log.filter((each) => each.of === id);
const entriesNamed = (event) => desk.log.filter((each) => each.event === event);
const issueOf = (directive) => entriesOf(directive).find((each) => each.event === "Issued");
const ordersOf = (directive) => entriesOf(directive).filter((each) => each.event === "AssignedToLevel");
const unitOf = (office) => office.slice(office.indexOf("@") + 1);

function unitAt(code) {
  const unit = entriesOf(code).find((each) => each.event === "UnitRegistered");
  refuseIf(!unit, "unknown-unit", { unit: code });
  return unit;
}

/** The codes from the top unit down to this one. */
function pathOf(code) {
  const { parent } = unitAt(code).data;
  return parent ? [...pathOf(parent), code] : [code];
}

/** The day by which a unit owes what is ordered; one that is registered after the order has the days of grace. */
function dueOf(unit, order) {
  const grace = daysAfter(dayOf(unit.occurred_at), issueOf(order.of).data.grace_days ?? 0);
  const joinsLater = desk.log.indexOf(unit) > desk.log.indexOf(order);
  return joinsLater && grace > order.data.due ? grace : order.data.due;
}

/** How the task of a unit stands; undefined where the unit owes none. */
function taskOf(directive, unit) {
  const path = pathOf(unit.of);
  const order = ordersOf(directive).find(({ data }) => data.level === unit.data.level && path.includes(data.scope));
  if (!order) return undefined;
  const id = `${directive}/${unit.of}`;
  const state = STATES[entriesOf(id).at(-1)?.event] ?? "assigned";
  const submitted = entriesOf(id).findLast((each) => each.event === "Submitted")?.occurred_at;
  const due = dueOf(unit, order);
  const late = submitted !== undefined && dayOf(submitted) > due;
  const overdue = (state === "assigned" || state === "returned") && dayOf(desk.now) > due;
  return { task: id, unit: unit.of, path, order, state, submitted, due, late, overdue };
}

function taskNamed(id) {
  const [directive, code] = id.split("/");
  const task = taskOf(directive, unitAt(code));
  refuseIf(!task, "unknown-task", { task: id });
  return task;
}

/** The tasks of a directive, in the order in which the units were sent. */
const tasksOf = (directive) =>
  entriesNamed("UnitRegistered").map((unit) => taskOf(directive, unit)).filter((task) => task !== undefined);

// Commands: each returns what is new, nothing where all is so already

const entry = (of, event, { office, at }, data = {}) =>
  ({ of, event, office, occurred_at: at, recorded_at: desk.now, data });

function importUnits({ units, ...command }) {
  const known = new Set(entriesNamed("UnitRegistered").map((unit) => unit.of));
  return units.map(({ code, parent, level, name }) => {
    refuseIf(parent && !known.has(parent), "unknown-unit", { unit: parent });
    if (known.has(code)) throw new Error(`${code} is there already, and this desk changes no unit`);
    known.add(code);
    return entry(code, "UnitRegistered", command, { parent, level, name });
  });
}

/** What was said before stands: the same again is nothing new, and anything else is refused. */
function unlessThere(before, said) {
  refuseIf(before && !isDeepStrictEqual(before.data, said.data), "changed-since");
  return before ? [] : [said];
}

/** A meeting and its directives; where no moment is told, all begins with the day on which it was held. */
function recordMeeting({ minutes: { id, held_on, title, statements, directives }, office, occurred_at, at }) {
  refuseIf(held_on > dayOf(desk.now), "future", { at: held_on });
  const command = { office, at: occurred_at ? at : startOf(held_on) };
  const recorded = entry(id, "MeetingRecorded", command, { held_on, title, statements });
  return [...unlessThere(entriesOf(id)[0], recorded), ...directives.flatMap((each) => issue(each, command))];
}

function issue({ id, assign, ...terms }, command) {
  const orders = assign.flatMap(({ level, due, scope = null }) => {
    const top = pathOf(unitOf(command.office))[0];
    const data = { level, due, scope: scope ?? top };
    refuseIf(!pathOf(data.scope).includes(unitOf(command.office)), "not-there-or-above", { unit: data.scope });
    const before = ordersOf(id).find((order) => order.data.level === level && order.data.scope === data.scope);
    return unlessThere(before, entry(id, "AssignedToLevel", command, data));
  });
  return [...unlessThere(issueOf(id), entry(id, "Issued", command, terms)), ...orders];
}

function submitReport({ task: id, period_from, period_to, ...command }, { document }) {
  const { unit, order, state } = taskNamed(id);
  refuseIf(unitOf(command.office) !== unit, "not-own-unit", { office: command.office, unit });
  refuseIf(command.at < order.occurred_at, "before-owed", { task: id, before: order.occurred_at });
  refuseIf(state === "verified", "closed", { task: id });
  refuseIf(state === "submitted", "waits", { task: id });
  const asked = issueOf(order.of).data.parameters;
  refuseIf(period_from > asked.period_from, "period-short", { asked: asked.period_from });
  refuseIf(period_to < asked.period_to, "period-short", { asked: asked.period_to });
  const digest = createHash("sha256").update(Buffer.from(document.base64, "base64")).digest("hex");
  const before = entriesOf(id).findLast((each) => each.event === "ReportRecorded");
  refuseIf(before?.data.digest === digest, "same-document", { task: id });
  return [entry(id, "ReportRecorded", command, { digest }), entry(id, "Submitted", command)];
}

/** An office of a unit above verifies or returns a submission, once it is made. */
function answerTask(event, { task: id, reason, ...command }) {
  const { unit, path, state, submitted } = taskNamed(id);
  const above = path.slice(0, -1);
  refuseIf(!above.includes(unitOf(command.office)), "not-above", { office: command.office, unit });
  refuseIf(state === "verified", "closed", { task: id });
  refuseIf(state !== "submitted", "nothing-submitted", { task: id });
  refuseIf(command.at < submitted, "before-submitted", { task: id, before: submitted });
  return [entry(id, event, command, { reason })];
}

// Questions

function rowOf(level, tasks) {
  const count = (holds) => tasks.filter(holds).length;
  const done = (task) => task.state === "verified";
  return {
    level,
    expected: tasks.length,
    done: count(done),
    on_time: count((task) => done(task) && !task.late),
    late: count((task) => done(task) && task.late),
    waiting: count((task) => task.state === "submitted"),
    overdue: count((task) => task.overdue),
  };
}

/** A row for each level that owes the directive, from the top, or for one level alone. */
function statusAnswer({ directive, level }) {
  const tasksAt = (each) => tasksOf(directive).filter((task) => task.order.data.level === each);
  const rows = desk.levels.map((each) => rowOf(each, tasksAt(each)));
  return { rows: rows.filter((row) => row.expected > 0 && row.level === (level ?? row.level)) };
}

function directiveAnswer({ directive }) {
  const { statements, set_by_issuing_office } = issueOf(directive).data;
  const { rows } = statusAnswer({ directive });
  const levels = rows.map(({ level, done, expected }) => ({ level, completed: done === expected }));
  const completed = levels.length > 0 && levels.every((each) => each.completed);
  return { completed, levels, statements, set_by_issuing_office };
}

function meetingAnswer() {
  const [meeting] = entriesNamed("MeetingRecorded");
  const following = (no) => entriesNamed("Issued").filter((each) => each.data.statements.includes(no));
  const rowFor = (said) => ({ ...said, directives: following(said.no).map((each) => each.of) });
  return { statements: meeting.data.statements.map(rowFor) };
}

/** What happened to a unit, a meeting, a directive or a task; that of a task begins with the order for it. */
function historyAnswer({ of }) {
  const entries = [...(of.includes("/") ? [taskNamed(of).order] : []), ...entriesOf(of)];
  const wordsIn = ({ reason, name }) => [reason, name?.en, name?.hi].filter((word) => word !== undefined);
  return { entries: entries.map((each) => ({ ...each, words: wordsIn(each.data), due: each.data.due })) };
}

// The protocol

/** What does each command and answers each question, and the fields that it takes besides those that all take. */
const COMMANDS = {
  "org import": [importUnits, "units"],
  "meeting record": [recordMeeting, "minutes"],
  "report submit": [submitReport, "task", "period_from", "period_to"],
  "task verify": [(command) => answerTask("Verified", command), "task"],
  "task return": [(command) => answerTask("Returned", command), "task", "reason"],
};
const QUESTIONS = {
  status: [statusAnswer, "directive", "level"],
  task: [({ task }) => taskNamed(task), "task"],
  tasks: [({ directive, overdue }) => ({ tasks: tasksOf(directive).filter((task) => !overdue || task.overdue) }),
    "directive", "overdue"],
  history: [historyAnswer, "of"],
  directive: [directiveAnswer, "directive"],
  directives: [() => ({ directives: entriesNamed("Issued").map((each) => each.of) })],
  meeting: [meetingAnswer],
};
const REQUESTS = {
  start: () => ({ protocol: 1, subject: "node-desk", version: "1.0", claims: ["s1", "s6"] }),
  reset,
  clock: setClock,
  do: carryOut,
  ask: (question) => ({ answer: found(QUESTIONS, question.question, question, ["question"])(question) }),
  stop,
};

function named(table, name) {
  if (!Object.hasOwn(table, name)) throw new Error(`${name} is unknown here`);
  return table[name];
}

/** What a table has under a name; a field that would be overlooked is a fault, as an unknown name is. */
function found(table, name, given, common) {
  const [does, ...fields] = named(table, name);
  const strange = Object.keys(given).find((field) => ![...common, ...fields].includes(field));
  if (strange !== undefined) throw new Error(`${name}: ${strange} is unknown here`);
  return does;
}

function reset({ organisation, levels, zone, founded, now }) {
  const clock = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  desk = { log: [], levels, clock, now: momentOf(now) };
  desk.log = importUnits({ units: organisation, office: "", at: momentOf(founded) });
  return { ok: true };
}

function setClock({ now }) {
  desk.now = momentOf(now);
  return { ok: true };
}

function carryOut({ command, documents }) {
  const does = found(COMMANDS, command.command, command, ["command", "office", "occurred_at"]);
  try {
    const at = momentOf(command.occurred_at ?? desk.now);
    unitAt(unitOf(command.office));
    refuseIf(at > desk.now, "future", { at });
    const added = does({ ...command, at }, documents);
    desk.log.push(...added);
    return { outcome: added.length > 0 ? "done" : "nothing" };
  } catch (error) {
    if (!error.refusal) throw error;
    return error.refusal;
  }
}

function stop() {
  process.stdin.destroy();
  return { ok: true };
}

function answerTo(line) {
  let id = null;
  try {
    const request = JSON.parse(line);
    id = request.id ?? null;
    const name = Object.keys(request).find((key) => key !== "id");
    return { id, ...named(REQUESTS, name)(request[name]) };
  } catch (error) {
    return { id, fault: error.message };
  }
}

let begun = ""; // a line whose end has not come yet
process.stdin.setEncoding("utf8").on("data", (text) => {
  const lines = (begun + text).split("\n");
  begun = lines.pop();
  for (const line of lines) process.stdout.write(`${JSON.stringify(answerTo(line))}\n`);
});
