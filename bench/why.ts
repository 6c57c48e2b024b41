/** For targets that were not met: the profile, and what it would take. By the target's id, see targets.ts. */
export const why: Readonly<Record<string, string>> = {
	named:
		'a profile of the start has no pause in it: 20 ms until Node runs the first line, 45 until the configuration is read, 45 load Docker’s and Airflow’s clients, 35 the screen, 20 to 30 the engine’s answer, 10 the first drawing. It would take a snapshot of the heap with all of it loaded: tried, with Node 24 it is there after 125 ms and 40 more for a second start of Node, and takes 20 MB more for good, as Node keeps the snapshot’s file in memory.',
	figures:
		'the figures need two samples of each container’s counters, and stand 300 ms after the names, and a drawing later.',
	cpu: 'a profile of 40 s counts some 10 ms a second: 15 % are the views, 14 % garbage collection, 8 % React and Ink, 5 % the diagnosis, 4 % files of control groups, and most of the rest some two requests a second to Airflow, MLflow and the engine, each on a connection of its own as gunicorn keeps none. V8’s threads add 2 ms a second for garbage collection and compiling. Fewer collections (a young generation of 8 MB) would save a tenth for 10 MB; no flag of V8 that was tried (no parallel or concurrent collection, no optimising, Sparkplug at once) changes it by more than that. It would take a program that does less: the peers ask for containers alone.',
	key: 'each key paints the views of all panes, and React and Ink take what is new.',
	pss: 'about 43 MB are Node itself. The heap of V8 takes 25 MB: 14 the old generation (Ink, React, zod, the state), 8 code and bytecode, 2 what was just made; the scripts’ text 3; what the C library keeps for V8’s and libuv’s threads some 12. `--v8-pool-size=1` with one arena of malloc saves 3 to 12 of these, depending on the machine, but has to be said when Node is started; without the optimising compiler 6 MB of Node’s own code are never touched, which was not tried under a busy log, where it pays. It would take less code that is loaded.',
	slope: 'see the samples in results.json.',
};
