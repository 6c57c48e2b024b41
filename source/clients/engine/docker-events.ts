import { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { ContainerEvent } from '../../model/container.ts';
import type { DockerHost } from '../../model/engine-address.ts';
import { ClientError } from '../../model/failure.ts';
import { readChunks } from '../http/read-chunks.ts';
import { LineSplitter } from '../line-splitter.ts';
import { eventAnswer } from './docker-answers.ts';
import type { EngineCalls } from './engine-calls.ts';
import { engineProblem, notDocker } from './engine-problem.ts';

/** Characters of an event: the labels of a container are all that is long in it. */
const eventLimit = 1024 * 1024;

/**
 * Subscribes to container events; resolves when the engine has accepted, so that a list taken afterwards misses
 * nothing. The iteration ends when the stream does, and throws when it breaks.
 */
export async function openEvents(calls: EngineCalls, signal: AbortSignal): Promise<AsyncIterable<ContainerEvent>> {
	// Health probes make three exec_* events each: they are filtered out by the engine.
	const filters = JSON.stringify({
		// Of networks only what attaches a container, or cuts it off.
		type: ['container', 'network'],
		event: [
			...['connect', 'disconnect', 'update'],
			...['create', 'start', 'die', 'destroy', 'oom', 'pause', 'unpause', 'rename', 'restart', 'stop', 'kill'],
			'health_status',
			// Podman's own names.
			...['died', 'remove'],
		],
	});
	const stream = await calls.ask(
		['events', '이벤트'],
		signal,
		abortSignal => calls.docker.getEvents({ filters, abortSignal }),
		null,
	);
	return readEvents(calls.host, stream);
}

async function* readEvents(host: DockerHost, stream: NodeJS.ReadableStream): AsyncGenerator<ContainerEvent> {
	if (!(stream instanceof Readable)) throw notDocker(host, ['events', '이벤트']);
	const decoder = new StringDecoder('utf8');
	const splitter = new LineSplitter(eventLimit);
	try {
		for await (const chunk of readChunks(stream)) {
			for (const line of splitter.push(decoder.write(chunk))) {
				const event = parseEvent(line);
				if (event) yield event;
			}
			if (splitter.isOverlong) throw notDocker(host, ['events', '이벤트']);
		}
	} catch (error) {
		throw error instanceof ClientError ? error : engineProblem(host, error);
	}
}

function parseEvent(line: string): ContainerEvent | null {
	if (line.trim() === '') return null;
	try {
		return eventAnswer.parse(JSON.parse(line));
	} catch {
		// One unreadable event: the list every half minute tells what it would have told.
		return null;
	}
}
