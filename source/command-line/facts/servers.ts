import type { Failure, SourceName } from '../../model/source.ts';
import type { EndpointState } from '../../model/stack/endpoint.ts';
import type { StackState } from '../../model/state.ts';
import { serverState } from '../../selectors/servers/server-state.ts';
import { foreignStack, isAbsent, isGuessed, isThroughSsh, ownProject } from '../../selectors/servers/stack.ts';
import { render } from '../../words/message.ts';
import type { FailurePart, PagePart, SourcePart } from '../json/servers.ts';

export function sourcePart(state: StackState, name: SourceName, address: string | undefined): SourcePart {
	const { status, failure, hasAnswered } = serverState(state, name);
	const known = state.sources[name];
	return {
		name,
		// A command asks only for what it shows, and does not wait for other feeds.
		state: isAbsent(state, name) ? 'absent' : status === 'waiting' && hasAnswered ? 'live' : status,
		version: known?.version ?? null,
		address: known?.address || address || null,
		address_origin: name === 'docker' ? 'given' : (state.stack?.servers[name].origin ?? 'unknown'),
		through_ssh: isThroughSsh(state, name),
		is_guess: isGuessed(state, name),
		failure: failure === null || isAbsent(state, name) ? null : failurePart(failure),
	};
}

/** Without the codes that only laketop's own rules use. */
export function failurePart({ kind, message, fix }: Failure): FailurePart {
	return { kind, message: render(message, 'en'), fix: fix === null ? '' : render(fix, 'en') };
}

export function pagePart(endpoint: EndpointState, state: StackState): PagePart {
	const { id, title, pageUrl, check } = endpoint;
	return {
		id,
		title,
		url: pageUrl,
		is_guess: isGuessed(state, id),
		ok: check?.ok ?? null,
		http_status: check?.httpStatus ?? null,
		answer_ms: check?.answerMs == null ? null : Math.round(check.answerMs),
		problem: check?.problem ? render(check.problem, 'en') : '',
	};
}

/** The shown project, and that of the folder if it differs. */
export function projectParts(state: Pick<StackState, 'stack'>, configured: string | undefined) {
	return { project: ownProject(state, configured), folder_project: foreignStack(state)?.own ?? null };
}
