/** Of targets that were not met: what the profile says, and what it would take. By the target's id, see targets.ts. */
export const why: Readonly<Record<string, string>> = {
	named:
		'a profile of the start has no pause in it: of 440 ms under the profiler 100 load chunks and Node’s own modules (185 before HTTP/2, WebSocket, licences and emoji were left out), 110 evaluate them, 40 are the first drawing with cold code, 20 to 30 garbage collection, 40 are Node itself. The containers are in the first drawing where the engine answers within 60 ms. It would take fewer and smaller chunks (React’s reconciler, undici and dockerode are two thirds of what is loaded), or a snapshot of the heap, which Node offers to an executable alone.',
	figures:
		'the figures need two samples of each container’s counters, and stand 300 ms after the names: it is the names that come late.',
	cpu: 'a profile of 40 s counts 13 ms a second: 22 % are garbage collection, 15 % the views, 14 % React and Ink, of which the rows that are put together are 3 %, 8 % HTTP to Airflow and MLflow, 6 % files of control groups. What is measured is twice that: the process wakes some thirty times a second, with cold caches, and the threads of V8 that compile take 0.5 % in the first minutes. It would take fewer wakings: one turn for all feeds, and a slower beat for what nobody sees change.',
	key: 'each key paints the views of all panes, and React and Ink take what is new. Since rows are no longer put together from cells a key costs 8 ms of CPU where it cost 17 (the demo, both on the same machine).',
	pss: 'about 43 MB are Node itself. The heap of V8 holds 20 to 25 MB (Ink, React, zod, the state), compiled code some 5, what the C library keeps for each thread of V8 another 12: `node --v8-pool-size=1` does without, but it has to be said when Node is started, which a program cannot do for itself without starting twice. It would take less code that is loaded.',
};
