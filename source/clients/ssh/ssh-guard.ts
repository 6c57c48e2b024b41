/**
 * Runs the program in its arguments until that ends or standard input closes, as when laketop crashes: ssh itself would
 * go on. Then it also removes the folder in its first argument. POSIX sh; in the background, standard input has to be
 * passed on as another file, because a shell gives background jobs an empty one.
 */
export const guardScript = `
folder=$1
shift
exec 3<&0 4>&2 2>/dev/null
"$@" </dev/null 2>&4 3<&- 4>&- &
program=$!
exec 4>&-
{ read -r line <&3; rm -rf "$folder"; kill $program; } >/dev/null &
reader=$!
wait $program
code=$?
kill $reader
exit $code
`;
