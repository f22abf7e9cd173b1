#!/bin/sh
# Speaks a text into headerless G.711 mu-law at 8 kHz, the form sipp plays: make-prompt.sh prompt.txt prompt.ulaw
set -eu
text=$1
out=$2
wav=$(mktemp)
trap 'rm -f "$wav"' EXIT
espeak-ng -v en-us -s 150 -f "$text" -w "$wav"
# Two seconds of silence before it begins again.
sox -t wav "$wav" -t raw -r 8000 -c 1 -e mu-law "$out" gain -3 pad 0.2 2
