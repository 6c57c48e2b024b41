import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type CountingProxy, countingProxy } from '../../bench/counting-proxy.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { openLaketop } from '../e2e/stack.ts';
import type { OpenTerminal } from '../terminal/harness.ts';
import { isInstalled } from './installed.ts';
import { type RealMlflow, startMlflow } from './mlflow-server.ts';

/** A real MLflow that wants a login, outside the Compose project, beside the official stack of the demo, which has none. */

const python = process.env.CLIENTS_PYTHON ?? 'python3';
const hasMlflow = isInstalled("MLflow's server with basic-auth", python, ['-c', 'import mlflow.server, flask_wtf']);
const login = { username: 'keeper', password: 'Kq8-mlflow-login-5512' };
const wrong = 'Kq8-mlflow-wrong-5512';
/** A busy machine takes seconds to hash a password. */
const long = { timeoutMs: 120_000 };

describe.skipIf(!hasMlflow)('MLflow with basic-auth, elsewhere', { timeout: 240_000 }, () => {
	let mlflow: RealMlflow;
	let demo: DemoStack;
	let proxy: CountingProxy;
	let folder = '';
	const closing: (() => unknown)[] = [];
	beforeAll(async () => {
		mlflow = await startMlflow(python, login);
		demo = await startDemo({ autonomous: false, shape: 'official', airflow: '3' });
	});
	afterEach(async () => {
		for (const close of closing.splice(0).reverse()) await close();
	});
	afterAll(async () => {
		await demo?.close();
		await mlflow?.close();
	});

	async function open(password: string): Promise<OpenTerminal> {
		proxy = await countingProxy(mlflow.url);
		closing.push(() => proxy.close());
		folder = mkdtempSync(join(tmpdir(), 'laketop-mlflow-login-'));
		closing.push(() => rmSync(folder, { recursive: true, force: true }));
		const addresses = ['--docker-host', demo.dockerHost, '--airflow-url', demo.airflowUrl, '--mlflow-url', proxy.url];
		const term = await openLaketop(folder, addresses, {
			env: {
				...{ LAKETOP_AIRFLOW_USERNAME: 'airflow', LAKETOP_AIRFLOW_PASSWORD: 'airflow' },
				...{ LAKETOP_MLFLOW_USERNAME: login.username, LAKETOP_MLFLOW_PASSWORD: password },
			},
		});
		closing.push(() => term.dispose());
		return term;
	}

	/** Where the password is to be seen, of this host's command lines, the terminal's bytes and laketop's files. */
	function leaks(term: OpenTerminal, password: string): string[] {
		const seen: [place: string, text: string][] = [['the screen', term.raw().toString()]];
		for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
			try {
				seen.push([`the command line of ${pid}`, readFileSync(`/proc/${pid}/cmdline`, 'utf8')]);
			} catch {
				// It has ended.
			}
		}
		for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
			if (entry.isFile()) {
				const file = join(entry.parentPath, entry.name);
				seen.push([file, readFileSync(file, 'utf8')]);
			}
		return seen.flatMap(([place, text]) => (text.includes(password) ? [place] : []));
	}

	test('the panes are filled with few logins, each of which costs MLflow a password hash', async () => {
		const term = await open(login.password);
		await term.waitFor(/airflow 3\.3\.2 ✔ +mlflow 3\.\d+\.\d+ ✔/, long);
		await term.waitFor(/4 MLflow ─ churn ─/, long);
		await term.waitFor(/accuracy 0\.8000/, long);
		await term.waitFor(/train: lr=0\.1/, long);
		// 11 up to here, and 16 with models, traces and prompts, which come last.
		expect(proxy.logins()).toBeLessThanOrEqual(16);
		expect(leaks(term, login.password)).toEqual([]);
	});

	test('a wrong password is said once, with what to set, and not sent with every request', async () => {
		const term = await open(wrong);
		await term.waitFor(/mlflow ✖ unauthorised/, long);
		// Over two rows of the pane.
		await term.waitFor(/rejects user/, long);
		await term.waitFor(/keeper: wrong name or password/, long);
		await term.waitFor(/5 Findings ─ 1 critical/, long);
		await term.waitFor(/critical MLflow rejects API requests/);
		const before = proxy.count();
		// The health page is asked for without a login, every five seconds.
		await term.waitFor(() => proxy.count() >= before + 2, long);
		expect(proxy.logins()).toBeLessThanOrEqual(3);
		expect(leaks(term, wrong)).toEqual([]);
		expect(leaks(term, login.password)).toEqual([]);
	});
});
