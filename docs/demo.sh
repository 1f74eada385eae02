#!/usr/bin/env bash
# The main job in a folder that it empties first: `make demo` runs it. The reports are invented.
set -euo pipefail
unset DIRECTIVES_DB DIRECTIVES_AS
folder=${1:?usage: docs/demo.sh FOLDER}
rm -rf "$folder"; mkdir -p "$folder"; cd "$folder"

shown() { local word; printf '\n$ directives'; for word in "$@"; do [[ $word == *' '* ]] && word="\"$word\""; printf ' %s' "$word"; done; echo; }
directives() { shown "$@"; command directives "$@"; }

printf 'खूंटी लोकसभा: अक्टूबर में संगठन का काम।\n' > khunti.txt
printf 'खूंटी लोकसभा: अक्टूबर में संगठन का काम, हर विधानसभा के आँकड़ों के साथ।\n' > khunti-2.txt
printf 'Dumka Lok Sabha: the work of October.\n' > dumka.txt

directives init
directives meeting record

# Khunti hands its report in, gets it back, corrects it, and is verified; the dates are those of 2023.
directives task acknowledge written-report/JH-PC11 --as convenor@JH-PC11 --at 2023-10-21T10:00
directives report submit written-report/JH-PC11 khunti.txt --as convenor@JH-PC11 --at 2023-11-08T16:30
directives task return written-report/JH-PC11 --reason 'हर विधानसभा के आँकड़े जोड़ें।' --as clerk@JH --at 2023-11-09T11:00
directives report submit written-report/JH-PC11 khunti-2.txt --as convenor@JH-PC11 --at 2023-11-13T18:00
directives task verify written-report/JH-PC11 --as clerk@JH --at 2023-11-20T12:00

# Dumka hands its report in after the due day, 15 November.
directives report submit written-report/JH-PC02 dumka.txt --language en --as convenor@JH-PC02 --at 2023-11-18T09:00
directives task verify written-report/JH-PC02 --as clerk@JH --at 2023-11-20T12:15

directives status
directives overdue
directives history written-report/JH-PC11 --lang hi
