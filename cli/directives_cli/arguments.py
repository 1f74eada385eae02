"""What each argument of a command is, as its help tells it."""

ARGUMENTS = {
    "TASK": "The task, DIRECTIVE/UNIT: written-report/JH-PC08.",
    "[TASK]...": "The tasks, each DIRECTIVE/UNIT: written-report/JH-PC08. One is acted on at once, without a question.",
    "DIRECTIVE": "The id of the directive: written-report.",
    "KIND": 'The kind, by its name or its title: written_report, "लिखित प्रतिवेदन".',
    "MEETING": "The id of the meeting: jharkhand-2023-10-19.",
    "PERSON": "The person, UNIT/CODE, or UNIT/KIND/CODE of a kind but that of speakers: JH-AC60/SP-01.",
    "UNIT": 'The unit, by its code or its name: JH-PC08, "Khunti (Lok Sabha)".',
    "TEXT": "The name, or a part of it.",
    "REF": "A task, a directive, a meeting or a unit, by its id or code.",
    "FILE": "The file.",
    "DIGEST": "The digest of the file: sha256: and 64 hexadecimal digits.",
    "[REF]": "A task, a directive, a meeting or a unit, by its id or code; without it, all.",
    "FILE.csv": "The units as CSV: code,parent,level,name_en,name_hi.",
    "FILE.jsonl": "The commands, one JSON object a line.",
    "[MINUTES.toml]": "The minutes as TOML; without it, the bundled ones.",
    "FOLDER": "The folder, empty or new.",
    "DIR": "The folder, new or published before.",
    "[FILE]": "A receipt, a request, a checkpoint, a bundle, or a published folder; without it, the store.",
    "[EVENT|TASK]": "An event by its position, or a task, DIRECTIVE/UNIT: written-report/JH-PC08.",
    "REQUEST": "The request, as audit prove --from prints it; - is standard input.",
    "NAME": "The setting: as, db, lang or actor.",
    "VALUE": "Its value.",
    "FILE.zip": "The bundle, a new file.",
}
"""What an argument is, by the name that usage lines have for it."""
