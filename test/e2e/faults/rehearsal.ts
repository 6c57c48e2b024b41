import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod/mini';
import { type Monitor, startMonitor } from '../../../source/app/monitor.ts';
import { loadConfig } from '../../../source/config/load.ts';
import type { Finding } from '../../../source/model/finding.ts';
import { shellWords } from '../../../source/model/text/shell-words.ts';
import { render } from '../../../source/words/message.ts';
import { docker, laketopIn, services, stackFolder } from '../stack.ts';

/** A fault that is really caused, the expected finding, and the way back. */
export type Fault = {
	readonly name: string;
	/** Preparations that are not part of the fault: a DAG, a pool. Done before laketop watches, and not counted. */
	readonly prepare?: (stage: Stage) => Promise<unknown>;
	/** The watched DAG; by default the pipeline. */
	readonly dag?: string;
	/** Really breaks something. Resolves when it is broken: the time to the finding counts from its start. */
	readonly cause: (stage: Stage) => Promise<unknown>;
	/** Id of the finding that has to be first. */
	readonly finding: string | RegExp;
	/** Key of the message with the cause. */
	readonly because: string;
	/** laketop commands that fix it, as words: `fix` and its arguments, or another command; each in turn. */
	readonly fix: readonly (readonly string[])[];
	/** What the operator has to do besides, because laketop cannot: fix a line of a file, end another program. */
	readonly byHand?: ((stage: Stage) => Promise<unknown>) | undefined;
	/** Restores the stack, whatever happened. */
	readonly restore?: (stage: Stage) => Promise<unknown>;
	/** Environment of laketop during the fault: a wrong password is a fault of its own. */
	readonly environment?: Readonly<Record<string, string>>;
	/** Expensive checks are needed to see it. */
	readonly deep?: boolean;
	/** Other findings that are correct as well, and may appear beside it. */
	readonly besides?: RegExp;
	/** Maximum time until it is found, ms. */
	readonly withinMs?: number;
};

/** Tools for causing faults. */
export type Stage = {
	/** With the Compose file of the stack. */
	readonly folder: string;
	readonly docker: typeof docker;
	/** A program of this host. */
	readonly host: (file: string, ...words: string[]) => Promise<string>;
	readonly compose: (...words: string[]) => Promise<string>;
	/** Kept from cause to restore. */
	readonly kept: Map<string, () => unknown>;
};

export type Rehearsed = {
	readonly name: string;
	readonly finding: string;
	readonly cause: string;
	readonly foundAfterMs: number;
	/** Root findings that were first before the right one was. */
	readonly before: readonly string[];
	/** Root findings beside it, at any time until the fix. */
	readonly beside: readonly string[];
	readonly fix: string;
	readonly fixCode: number;
	readonly goneAfterMs: number;
};

export function host(file: string, ...words: string[]): Promise<string> {
	return new Promise((resolve, reject) => {
		execFile(file, words, { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
			if (error) reject(new Error(`${file} ${words.join(' ')}: ${stderr || stdout}`));
			else resolve(stdout.trim());
		});
	});
}

export async function stageOf(): Promise<Stage> {
	const folder = await stackFolder();
	const compose = (...words: string[]) =>
		host('docker', 'compose', '-f', `${folder}/docker-compose-mlops.yml`, '-p', 'mlops', ...words);
	return { folder, docker, host, compose, kept: new Map() };
}

/** The engine of the user who runs this: the rehearsal may use a separate stack. */
const engine: Readonly<Record<string, string>> = process.env.DOCKER_HOST
	? { DOCKER_HOST: process.env.DOCKER_HOST }
	: {};

async function startWatching(environment: Readonly<Record<string, string>>): Promise<Monitor> {
	const { config } = await loadConfig({}, { ...engine, ...environment }, null);
	return startMonitor({ config });
}

const rootsOf = (findings: readonly Finding[]) => findings.filter(({ explainedBy }) => explainedBy === null);

const saidOf = (findings: readonly Finding[]) =>
	findings.map(({ id, cause }) => `${id} (${cause.key})`).join('; ') || 'nothing';

/** Waits until the monitor reports it, or throws with what it reports instead. */
async function until(monitor: Monitor, what: string, limitMs: number, isSo: (roots: readonly Finding[]) => boolean) {
	const end = Date.now() + limitMs;
	for (;;) {
		const roots = rootsOf(monitor.store.current().findings);
		if (isSo(roots)) return;
		if (Date.now() > end) {
			throw new Error(`waited ${limitMs / 1000} s for ${what}; found is: ${saidOf(roots)}`);
		}
		await delay(100);
	}
}

/** Until all containers are healthy, by docker's own word. */
export async function stackIsHealthy(limitMs = 240_000): Promise<void> {
	const end = Date.now() + limitMs;
	for (;;) {
		const states = await Promise.all(
			services.map(name =>
				docker('inspect', '-f', '{{.State.Status}} {{.State.Health.Status}}', name).catch(() => 'none'),
			),
		);
		if (states.every(state => state === 'running healthy')) return;
		if (Date.now() > end) throw new Error(`the stack is not healthy: ${states.join(', ')}`);
		await delay(1000);
	}
}

const doctorAnswer = z.object({ findings: z.array(z.object({ id: z.string(), cause_key: z.string() })) });

/** No fix that interrupts something stands before one that interrupts nothing. */
function harmlessFirst({ id, fixes }: Finding): void {
	const first = fixes.findIndex(({ interrupts = [] }) => interrupts.length > 0);
	if (first >= 0 && fixes.slice(first).some(({ interrupts = [] }) => interrupts.length === 0))
		throw new Error(`${id}: a fix that interrupts nothing stands behind one that does`);
}

/** The right finding must be first for this long before it counts, ms. */
const steadyMs = 6000;

/**
 * Causes the fault while laketop watches, as its screen does; runs the fix through laketop's command line; and returns
 * what was found, when, and what besides.
 */
export async function rehearse(fault: Fault, folder: string): Promise<Rehearsed> {
	const stage = await stageOf();
	await fault.prepare?.(stage);
	const chosen: Readonly<Record<string, string>> = fault.dag === undefined ? {} : { LAKETOP_DAG: fault.dag };
	const monitor = await startWatching({ ...chosen, ...fault.environment });
	const laketop = laketopIn(folder);
	const isRight = ({ id }: Finding) =>
		typeof fault.finding === 'string' ? id === fault.finding : fault.finding.test(id);
	const isAllowed = (finding: Finding) => isRight(finding) || fault.besides?.test(finding.id) === true;
	const before: string[] = [];
	const beside = new Set<string>();
	try {
		await monitorIsReady(monitor);
		if (!fault.environment)
			await until(monitor, 'a stack on which nothing is wrong', 90_000, roots => roots.length === 0);
		let foundAt = 0;
		const stop = monitor.store.onChange(({ findings }) => {
			const roots = rootsOf(findings);
			const [first] = roots;
			if (first && isRight(first) && foundAt === 0) foundAt = Date.now();
			for (const one of roots) {
				if (isAllowed(one)) continue;
				if (foundAt === 0) before.push(`${one.id} (${one.cause.key})`);
				else beside.add(`${one.id} (${one.cause.key})`);
			}
		});
		const startedAt = Date.now();
		await fault.cause(stage);
		const deep = fault.deep ? keepLooking(monitor, () => foundAt !== 0) : undefined;
		await until(monitor, `${fault.finding} to stand first`, fault.withinMs ?? 90_000, () => foundAt !== 0);
		await deep;
		await delay(steadyMs);
		stop();
		const found = rootsOf(monitor.store.current().findings).find(isRight);
		if (!found)
			throw new Error(`${fault.finding} did not stay; found is: ${saidOf(rootsOf(monitor.store.current().findings))}`);
		if (found.cause.key !== fault.because)
			throw new Error(`the cause is ${found.cause.key}: ${render(found.cause, 'en')}; it should be ${fault.because}`);
		for (const one of monitor.store.current().findings) harmlessFirst(one);
		const said = await laketop(['doctor', '--json', ...(fault.deep ? ['--deep'] : [])], {
			cwd: stage.folder,
			environment: { ...engine, ...chosen, ...fault.environment },
		});
		const [top] = doctorAnswer.parse(JSON.parse(said.stdout)).findings;
		if (top?.cause_key !== fault.because)
			throw new Error(
				`laketop doctor says ${top?.id} (${top?.cause_key}) first; it should be ${fault.because}:\n${said.stdout}\n${said.stderr}`,
			);

		const fixedAt = Date.now();
		await fault.byHand?.(stage);
		let fixCode = 0;
		for (const words of fault.fix) {
			const ran = await laketop(
				words.map(word => (word === '$FOLDER' ? stage.folder : word)),
				{ cwd: stage.folder, environment: { ...engine, ...chosen } },
			);
			fixCode ||= ran.code;
			if (ran.code !== 0)
				throw new Error(`laketop ${words.join(' ')} ended with ${ran.code}: ${ran.stderr}${ran.stdout}`);
		}
		// A wrong password is fixed where laketop reads it: another laketop then finds nothing.
		const after = fault.environment ? await startWatching({}) : monitor;
		try {
			if (after !== monitor) await monitorIsReady(after);
			await until(after, 'nothing to be wrong any more', 240_000, roots => !roots.some(isRight));
			const goneAfterMs = Date.now() - fixedAt;
			// Findings beside it have fixes of their own.
			await until(after, 'all to be well', 240_000, roots => roots.every(isAllowed));
			return {
				name: fault.name,
				// Wherever the stack's folder is on this host.
				finding: render(found.title, 'en').replaceAll(stage.folder, 'the stack'),
				cause: render(found.cause, 'en').replaceAll(stage.folder, 'the stack'),
				foundAfterMs: foundAt - startedAt,
				before,
				beside: [...beside],
				fix: fault.fix.map(words => shellWords('laketop', ...words)).join('; ') || 'by hand',
				fixCode,
				goneAfterMs,
			};
		} finally {
			if (after !== monitor) await after.stop();
		}
	} finally {
		await monitor.stop();
		await fault.restore?.(stage);
		await stackIsHealthy();
	}
}

async function monitorIsReady(monitor: Monitor): Promise<void> {
	const end = Date.now() + 60_000;
	while (monitor.store.current().checkedAt.light === null && Date.now() < end) await delay(100);
}

/** As a user who presses the key for it repeatedly. */
async function keepLooking(monitor: Monitor, isOver: () => boolean): Promise<void> {
	const end = Date.now() + 90_000;
	while (!isOver() && Date.now() < end) {
		await monitor.deepCheck();
		await delay(1000);
	}
}
