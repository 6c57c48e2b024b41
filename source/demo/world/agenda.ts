type Item = { at: number; order: number; run: () => void };

/**
 * Future events, by time. Nothing in the demo has a timer of its own: the world takes due events from here, in order,
 * so that the result does not depend on how often it is advanced.
 */
export type Agenda = {
	add(at: number, run: () => void): void;
	/** Removes and returns the earliest item that is due at `time`. */
	takeDue(time: number): Item | undefined;
};

export function createAgenda(): Agenda {
	const heap: Item[] = [];
	let count = 0;
	const before = (a: Item, b: Item): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
	const get = (index: number): Item => {
		const item = heap[index];
		if (item === undefined) throw new RangeError(`no item ${index}`);
		return item;
	};
	const swap = (a: number, b: number): void => {
		const held = get(a);
		heap[a] = get(b);
		heap[b] = held;
	};
	return {
		add(at, run) {
			heap.push({ at, order: count++, run });
			let child = heap.length - 1;
			while (child > 0) {
				const parent = (child - 1) >> 1;
				if (!before(get(child), get(parent))) break;
				swap(child, parent);
				child = parent;
			}
		},
		takeDue(time) {
			const first = heap[0];
			if (first === undefined || first.at > time) return undefined;
			const last = heap.pop();
			if (last === undefined || heap.length === 0) return first;
			heap[0] = last;
			let parent = 0;
			for (;;) {
				let smallest = parent;
				for (const child of [2 * parent + 1, 2 * parent + 2]) {
					if (child < heap.length && before(get(child), get(smallest))) smallest = child;
				}
				if (smallest === parent) return first;
				swap(smallest, parent);
				parent = smallest;
			}
		},
	};
}
