import type { Watched } from '../../app/feeds.ts';
import { gather, type Requirement } from '../../app/gather.ts';
import { type Monitor, startMonitor } from '../../app/monitor.ts';
import type { Interest } from '../../feeds/interest.ts';
import type { CutList } from '../../model/cut-list.ts';
import { serverNames } from '../../model/stack/discovery.ts';
import type { StackState } from '../../model/state.ts';
import { printableJson } from '../../model/text/clean-text.ts';
import { cutWords, nameOfRun } from '../../presentation/cut-words.ts';
import { foreignStack, foreignWords, guessWords } from '../../selectors/servers/stack.ts';
import type { Language } from '../../words/language.ts';
import { render } from '../../words/message.ts';
import type { CommandContext } from '../context/context.ts';
import { reportOf, sentenceOf } from '../exit/failures.ts';
import { rfc3339 } from '../facts/figures.ts';
import { failurePart } from '../facts/servers.ts';
import { plainStyle, type Style, styleFor } from '../output/style.ts';
import { type Block, drawBlocks } from '../output/text-table.ts';
import { deliver, demandOutput, outputPath } from './deliver.ts';
import { acknowledgementsProblemText, storeOf } from './judged.ts';

/** Time for all servers together to answer, ms; a command then continues without the rest. */
export const gatherMs = 12_000;

/** A command that shows facts, as JSON or as text. */
export type View<Document> = {
	readonly watch: readonly Watched[];
	readonly requires: readonly Requirement[];
	readonly interest?: Partial<Interest>;
	/** Fetches what no feed fetches, after the feeds have answered. */
	readonly ask?: (monitor: Monitor, signal: AbortSignal) => Promise<void>;
	/** Throws errors that `reportOf` knows if there is nothing to show. */
	readonly document: (state: StackState, now: number, monitor: Monitor) => Document;
	readonly blocks: (document: Document, style: Style) => readonly Block[];
	/** The whole output as a text of its own, such as an image; null: as blocks. */
	readonly whole?: (document: Document, style: Style) => string | null;
	/** It lists the newest entries of a server, and so says where there are older ones. */
	readonly listsNewest?: true;
	/** Whether the output is already where it belongs, so that nothing is printed. */
	readonly isDelivered?: () => boolean;
	readonly exitCode?: (document: Document) => number;
};

/** Warnings about guessed servers whose data is shown. A verdict omits this data and labels the server. */
function guessesShown(state: StackState, watch: readonly Watched[], language: Language): string[] {
	if (watch.includes('diagnosis')) return [];
	const shown = {
		airflow: ['dags', 'pipeline', 'airflow address'] as const,
		mlflow: ['experiment', 'models'] as const,
	};
	return serverNames.flatMap(server => {
		const words = shown[server].some(feed => watch.includes(feed)) ? guessWords(state, server, language) : null;
		return words === null ? [] : [words];
	});
}

/** The lists of which only a part was read, and that matter to the view. */
function cutsOf(
	{ listsNewest }: { readonly listsNewest?: true },
	{ store }: Pick<Monitor, 'store'>,
): readonly CutList[] {
	return store.current().cutLists.filter(({ newest }) => listsNewest || !newest);
}

/** The document with the lists of which only a part was read, if there are any. */
function withCuts<Document extends object>(document: Document, cutLists: readonly CutList[]): Document {
	if (cutLists.length === 0) return document;
	const incomplete = cutLists.map(({ what, of, shown, total }) => ({
		list: render(what, 'en'),
		of: of === null ? null : nameOfRun(of),
		read: shown,
		total,
	}));
	return { ...document, incomplete };
}

/** Shows a view once, or repeatedly with `--watch`. Returns the exit code. */
export async function show<Document extends object>(context: CommandContext, view: View<Document>): Promise<number> {
	const { config, io, given, signal } = context;
	const isJson = given.is('json');
	demandOutput(context);
	const monitor = startMonitor({
		config,
		clock: io.clock,
		watch: view.watch,
		interest: view.interest ?? {},
		compose: context.compose,
		acknowledgements: storeOf(config, io.environment),
	});
	if (view.requires.includes('checks')) lookForCompose(monitor);
	try {
		const styled = isJson ? undefined : prepareStyle(context);
		await gather(monitor, view.requires, gatherMs, signal);
		const foreign = foreignStack(monitor.store.current());
		if (foreign !== null) context.say(foreignWords(foreign, context.language));
		for (const words of guessesShown(monitor.store.current(), view.watch, context.language)) context.say(words);
		const style = await styled;
		// Before any output, which may be drawn in place.
		let isFirst = true;
		const text = async () => {
			await view.ask?.(monitor, signal);
			if (isFirst) {
				const unread = acknowledgementsProblemText(monitor.store.current(), context.language);
				if (unread !== null) context.say(unread);
				for (const cut of cutsOf(view, monitor)) context.say(cutWords(cut));
			}
			isFirst = false;
			const document = withCuts(view.document(monitor.store.current(), io.clock.now(), monitor), cutsOf(view, monitor));
			const exitCode = view.exitCode?.(document) ?? 0;
			if (!style) return { text: `${printableJson(document, given.text('watch') ? undefined : '\t')}\n`, exitCode };
			const whole = view.whole?.(document, style) ?? null;
			return { text: whole ?? (await drawBlocks(view.blocks(document, style), style)), exitCode };
		};
		if (signal.aborted) return 0;
		const intervalMs = given.durationMs('watch');
		if (intervalMs === undefined) {
			const { text: once, exitCode } = await text();
			if (!view.isDelivered?.()) await deliver(context, once);
			return exitCode;
		}
		const { watchOutput } = await import('./watch-output.ts');
		return await watchOutput(context, { text, intervalMs: Math.max(200, intervalMs), problem: problemText(context) });
	} finally {
		await monitor.stop();
	}
}

/**
 * Looks for Compose once it is known that the stack's Compose file is on this host: its check needs both, and two
 * processes that start meanwhile take no time. Elsewhere they would only cost CPU (60 ms, a seventh of a command).
 */
function lookForCompose({ store, clients: { compose } }: Monitor): void {
	const stop = store.onChange(({ stack }) => {
		if (stack === null) return;
		stop();
		if (compose.project().origin !== 'default' && compose.missingFiles().length === 0)
			void compose.available().catch(() => null);
	});
}

/** Prints a document once, as JSON or as text. */
export async function printOnce<Document extends object>(
	context: CommandContext,
	document: Document,
	blocks: View<Document>['blocks'],
	exitCode = 0,
): Promise<number> {
	const { given, out } = context;
	if (given.is('json')) await out.write(`${printableJson(document, '\t')}\n`);
	else {
		const style = await prepareStyle(context);
		await out.write(await drawBlocks(blocks(document, style), style));
	}
	return exitCode;
}

/** Loads the table renderer while the servers respond. */
async function prepareStyle(context: CommandContext): Promise<Style> {
	const { out, io, config } = context;
	if (outputPath(context) !== null) return plainStyle(config.language);
	const [style] = await Promise.all([
		styleFor(out, io, config),
		out.isTerminal ? import('../output/ink-table.tsx') : undefined,
	]);
	return style;
}

/**
 * A failure does not end `--watch`: it is shown instead of the facts. A request for an unknown name, or a wrong one, ends
 * it: repeating cannot help. What has been there before is waited for, as services are that are being recreated.
 */
function problemText(context: CommandContext): (error: unknown, isFirst: boolean) => string {
	return (error, isFirst) => {
		const report = reportOf(error);
		if (!report || report.isUsage || (isFirst && report.failure.kind === 'not-found')) throw error;
		if (!context.given.is('json')) return `laketop: ${sentenceOf(report.failure, context.config.language)}\n`;
		return `${printableJson(errorDocument(context, error))}\n`;
	};
}

/** The document of a failed command. */
export function errorDocument(
	context: { readonly command: { readonly name: string }; readonly io: Pick<CommandContext['io'], 'clock'> },
	error: unknown,
) {
	const report = reportOf(error);
	if (!report) throw error;
	return {
		schema: 'laketop/error/1' as const,
		at: rfc3339(context.io.clock.now()),
		command: context.command.name,
		exit_code: report.exitCode,
		error: failurePart(report.failure),
		is_usage: report.isUsage,
	};
}
