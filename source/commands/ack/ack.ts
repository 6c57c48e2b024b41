import { gather } from '../../app/gather.ts';
import { startMonitor } from '../../app/monitor.ts';
import { maxNoteLength } from '../../clients/acknowledgement-file.ts';
import { seeHelp, UsageError } from '../../command-line/arguments/given.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { CommandFailure, nothingSuch } from '../../command-line/exit/failures.ts';
import { acknowledgementPart } from '../../command-line/facts/acknowledgement.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import type { Document } from '../../command-line/json/documents.ts';
import { findingCalled } from '../../command-line/names/finding-names.ts';
import { exitCodes } from '../../command-line/rows/command.ts';
import { lookUntilJudged, requiredForFindings, storeOf, watchedForFindings } from '../../command-line/show/judged.ts';
import { gatherMs, printOnce } from '../../command-line/show/show.ts';
import { type Acknowledgement, type AcknowledgementsProblem, acknowledgementOf } from '../../model/acknowledgement.ts';
import { userName } from '../../operations/plan/audit.ts';
import { acknowledgedWords, acknowledgementsProblemMessage } from '../../presentation/finding-text.ts';
import { phrase, render } from '../../words/message.ts';

/** `laketop ack`: changes nothing on any server, so read-only mode allows it. */
export async function run(context: CommandContext): Promise<number> {
	const { config, given, io, signal } = context;
	const [wanted = ''] = given.words;
	const note = given.text('note') ?? '';
	const forMs = given.durationMs('for');
	const isRemoval = given.is('remove');
	if (isRemoval && (given.text('note') !== undefined || forMs !== undefined))
		throw new UsageError(
			phrase(['--remove cannot be combined with --note or --for', '--remove는 --note나 --for와 함께 쓸 수 없습니다']),
			seeHelp('ack'),
		);
	if (note.length > maxNoteLength)
		throw new UsageError(
			phrase(['--note is longer than {limit} characters', '--note가 {limit}자를 넘습니다'], { limit: maxNoteLength }),
			phrase(['Shorten the note', '메모를 줄이세요']),
		);
	const acknowledgements = storeOf(config, io.environment);
	const monitor = startMonitor({ config, clock: io.clock, watch: watchedForFindings, acknowledgements });
	try {
		await gather(monitor, requiredForFindings, gatherMs, signal);
		await lookUntilJudged(monitor, signal);
		const now = io.clock.now();
		const unread = monitor.store.current().acknowledgementsProblem;
		// An unreadable file is neither changed nor extended.
		if (unread?.code === 'garbled') context.say(render(acknowledgementsProblemMessage(unread), config.language));
		else demandSaved(unread);
		if (isRemoval) {
			const known = monitor.store.current().acknowledgements;
			const found = known.find(({ findingId }) => findingId === wanted || findingId.endsWith(` ${wanted}`));
			if (!found) {
				const ids = known.map(({ findingId }) => findingId).join('; ');
				throw nothingSuch(
					phrase(['"{wanted}" is not acknowledged', '확인 처리한 문제가 아닙니다: "{wanted}"'], { wanted }),
					ids === ''
						? phrase(['No finding is acknowledged', '확인 처리한 문제가 없습니다'])
						: phrase(['Acknowledged: {ids}', '확인 처리됨: {ids}'], { ids }),
				);
			}
			demandSaved(await monitor.unacknowledge(found.findingId));
			return await print(
				context,
				found.findingId,
				null,
				context.text(['No longer acknowledged: {id}', '확인 처리 해제됨: {id}'], { id: found.findingId }),
			);
		}
		const finding = await findingCalled(monitor, wanted, signal);
		const acknowledgement: Acknowledgement = {
			findingId: finding.id,
			note,
			by: userName(),
			acknowledgedAt: now,
			until: forMs === undefined ? null : now + forMs,
		};
		demandSaved(await monitor.acknowledge(acknowledgement));
		const kept = acknowledgementOf(monitor.store.current().acknowledgements, finding.id, now) ?? acknowledgement;
		return await print(context, finding.id, kept, acknowledgedWords(kept, finding, config.language));
	} finally {
		await monitor.stop();
	}
}

function demandSaved(problem: AcknowledgementsProblem | null): void {
	if (problem === null) return;
	const message = acknowledgementsProblemMessage(problem);
	throw new CommandFailure({ kind: 'refused', message, fix: null }, exitCodes.failed);
}

function print(
	context: CommandContext,
	findingId: string,
	acknowledgement: Acknowledgement | null,
	words: string,
): Promise<number> {
	const document: Document<'acknowledgement'> = {
		schema: 'laketop/acknowledgement/1',
		at: rfc3339(context.io.clock.now()),
		finding: findingId,
		acknowledgement: acknowledgement ? acknowledgementPart(acknowledgement) : null,
	};
	return printOnce(context, document, () => [[[{ text: words }]]]);
}
