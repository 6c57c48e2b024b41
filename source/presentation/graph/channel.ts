/**
 * Edges between two neighbouring ranks: each leaves the first rank on a row, changes to the row where it arrives on a
 * track, and goes on to the second rank. ("Row" and "track" as if the graph ran from left to right.)
 */

/** An edge through a channel: from a row of the first rank to one of the second. */
export type Link = { readonly from: number; readonly to: number };

/** The tracks and rows that a link goes through: `[track, row]` from bend to bend; empty when it is straight. */
export type Bends = readonly (readonly [track: number, row: number])[];

export type Channel = {
	readonly tracks: number;
	/** For each link. */
	readonly bends: readonly Bends[];
	/** Where a track passes over a row that it has nothing to do with. */
	readonly crossings: readonly (readonly [track: number, row: number])[];
};

/**
 * Links that are drawn as one line: all those that leave a row if they are several, else all those that arrive on one
 * row. Two lines meet only where they arrive on the same row; everywhere else they may only cross.
 */
type Net = {
	readonly froms: readonly number[];
	readonly tos: readonly number[];
	/** The piece on whose track it leaves its rows, and the one that arrives: two where it has to change its row twice. */
	leaves: Piece;
	arrives: Piece;
};

/** One track of a net, over these rows. */
type Piece = {
	readonly rows: readonly number[];
	/** The outermost rows. */
	readonly first: number;
	readonly last: number;
	readonly after: Set<Piece>;
	track: number;
};

const piece = (rows: readonly number[]): Piece => ({
	rows,
	first: rows.reduce((least, row) => Math.min(least, row)),
	last: rows.reduce((most, row) => Math.max(most, row)),
	after: new Set(),
	track: 0,
});

/** @param links rows of the first rank are different, and so are those of the second */
export function channel(links: readonly Link[]): Channel {
	const { nets, netOf } = netsOf(links);
	let rules = rulesOf(nets);
	let pieces = inSequence(nets, rules);
	const taken = new Set(links.flatMap(({ from, to }) => [from, to]));
	while (pieces === null) {
		for (const net of netsToSplit(nets, rules)) split(net, taken);
		rules = rulesOf(nets);
		pieces = inSequence(nets, rules);
	}
	const tracks = assignTracks(pieces);
	return {
		tracks,
		bends: links.map((link, index) => bendsOf(link, netOf[index])),
		crossings: crossingsOf(
			nets,
			links.filter((_, index) => netOf[index] === undefined),
		),
	};
}

function netsOf(links: readonly Link[]): {
	readonly nets: readonly Net[];
	readonly netOf: readonly (Net | undefined)[];
} {
	const leaving = Map.groupBy(links, ({ from }) => from);
	const keyOf = ({ from, to }: Link) => ((leaving.get(from)?.length ?? 0) > 1 ? `from ${from}` : `to ${to}`);
	const groups = new Map<string, Net>();
	for (const [key, those] of Map.groupBy(links, keyOf)) {
		const froms = [...new Set(those.map(({ from }) => from))];
		const tos = [...new Set(those.map(({ to }) => to))];
		const whole = piece([...new Set([...froms, ...tos])]);
		// A straight line needs no track.
		if (whole.rows.length > 1) groups.set(key, { froms, tos, leaves: whole, arrives: whole });
	}
	return { nets: [...groups.values()], netOf: links.map(link => groups.get(keyOf(link))) };
}

type Rule = readonly [before: Net, after: Net];

/**
 * Above this number nobody can follow a single line, and splitting nets one by one takes minutes (100 tasks before each
 * of 100 others: 10,000 rules).
 */
const manyRules = 300;

/**
 * Which nets have their track before that of another. Where one leaves on the row on which others arrive, it must have
 * left the row before they reach it. Where two arrive on one row, the one that goes on to other rows comes first, unless
 * that contradicts another rule: what joins it there would seem to go on as well.
 */
function rulesOf(nets: readonly Net[]): { readonly strict: readonly Rule[]; readonly better: readonly Rule[] } {
	const leaving = new Map(nets.flatMap(net => net.froms.map(row => [row, net] as const)));
	const arriving = new Map<number, Net[]>();
	for (const net of nets)
		for (const row of net.tos) {
			const those = arriving.get(row);
			if (those) those.push(net);
			else arriving.set(row, [net]);
		}
	const strict: Rule[] = [];
	const better: Rule[] = [];
	for (const [row, those] of arriving) {
		const leaves = leaving.get(row);
		if (leaves) for (const net of those) if (net !== leaves && !isOnly(leaves, row)) strict.push([leaves, net]);
		const { further = [], ending = [] } = Object.groupBy(those, net => (goesOn(net, row) ? 'further' : 'ending'));
		for (const one of further) for (const other of ending) if (better.length <= manyRules) better.push([one, other]);
	}
	return { strict, better };
}

const isOnly = ({ tos }: Net, row: number) => tos.length === 1 && tos[0] === row;
const goesOn = ({ arrives: { first, last } }: Net, row: number) => first < row && last > row;

/** All pieces, each after those that precede it; null: the rules contradict each other. */
function inSequence(nets: readonly Net[], { strict, better }: ReturnType<typeof rulesOf>): Piece[] | null {
	const all = [...new Set(nets.flatMap(({ leaves, arrives }) => [leaves, arrives]))];
	for (const one of all) one.after.clear();
	for (const { leaves, arrives } of nets) if (leaves !== arrives) leaves.after.add(arrives);
	for (const [before, after] of strict) before.leaves.after.add(after.arrives);
	if (sorted(all) === null) return null;
	for (const [before, after] of better.length > manyRules ? [] : better)
		if (!reaches(after.arrives, before.arrives)) before.arrives.after.add(after.arrives);
	return sorted(all);
}

function reaches(from: Piece, to: Piece): boolean {
	const seen = new Set([from]);
	for (const one of seen) {
		if (one === to) return true;
		for (const next of one.after) seen.add(next);
	}
	return false;
}

/** Topological order; among several the one that crosses fewer lines: downward from the last row, upward from the first. */
function sorted(pieces: readonly Piece[]): Piece[] | null {
	const waitsFor = new Map(pieces.map(one => [one, 0]));
	for (const { after } of pieces) for (const next of after) waitsFor.set(next, (waitsFor.get(next) ?? 0) + 1);
	const rank = ({ rows: [first = 0, ...others] }: Piece) => {
		const isDownward = others.reduce((sum, row) => sum + row - first, 0) >= 0;
		return isDownward ? [0, -first] : [1, first];
	};
	const compare = (one: Piece, other: Piece) => {
		const [[a = 0, b = 0], [c = 0, d = 0]] = [rank(one), rank(other)];
		return a - c || b - d;
	};
	const ready = pieces.filter(one => waitsFor.get(one) === 0).sort(compare);
	const sequence: Piece[] = [];
	for (let one = ready.shift(); one !== undefined; one = ready.shift()) {
		sequence.push(one);
		const freed = [...one.after].filter(next => {
			const left = (waitsFor.get(next) ?? 1) - 1;
			waitsFor.set(next, left);
			return left === 0;
		});
		if (freed.length > 0) ready.push(...freed);
		ready.sort(compare);
	}
	return sequence.length === pieces.length ? sequence : null;
}

/** The shortest net of a circle of rules that is still whole; of many rules all nets that could be in one. */
function netsToSplit(nets: readonly Net[], { strict }: ReturnType<typeof rulesOf>): readonly Net[] {
	if (strict.length > manyRules) {
		const [before, after] = [new Set(strict.map(([one]) => one)), new Set(strict.map(([, one]) => one))];
		return nets.filter(net => net.leaves === net.arrives && before.has(net) && after.has(net));
	}
	const inCircle = nets.filter(net => {
		if (net.leaves !== net.arrives) return false;
		return strict.some(([before, after]) => before === net && reaches(after.arrives, net.arrives));
	});
	const length = ({ arrives: { first, last } }: Net) => last - first;
	const [shortest] = inCircle.toSorted((a, b) => length(a) - length(b));
	if (shortest === undefined) throw new Error('no net to split: the rules contradict each other without a circle');
	return [shortest];
}

/** Lets a net change to a free row first, so that it leaves its rows on one track and arrives on another. */
function split(net: Net, taken: Set<number>): void {
	const { rows } = net.arrives;
	const middle = rows.reduce((sum, row) => sum + row, 0) / rows.length;
	const all = [...taken];
	const [first, last] = [all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b))];
	let free = first - 1;
	for (let row = first; row <= last + 1; row++)
		if (!taken.has(row) && Math.abs(row - middle) < Math.abs(free - middle)) free = row;
	taken.add(free);
	net.leaves = piece([...net.froms, free]);
	net.arrives = piece([free, ...net.tos]);
}

/** Gives each piece the first track after those that precede it where no other is on its rows. */
function assignTracks(pieces: readonly Piece[]): number {
	const least = new Map<Piece, number>();
	const used: { readonly from: number; readonly to: number }[][] = [];
	for (const one of pieces) {
		const span = { from: one.first, to: one.last };
		let track = least.get(one) ?? 0;
		while (used[track]?.some(({ from, to }) => from <= span.to && span.from <= to)) track++;
		one.track = track;
		const there = used[track];
		if (there) there.push(span);
		else used[track] = [span];
		for (const next of one.after) least.set(next, Math.max(least.get(next) ?? 0, track + 1));
	}
	return used.length;
}

function bendsOf({ from, to }: Link, net: Net | undefined): Bends {
	if (!net) return [];
	const { leaves, arrives } = net;
	if (leaves === arrives)
		return [
			[leaves.track, from],
			[leaves.track, to],
		];
	const free = arrives.rows[0] ?? to;
	return [
		[leaves.track, from],
		[leaves.track, free],
		[arrives.track, free],
		[arrives.track, to],
	];
}

/** Where a track of one net passes over a row of another. */
function crossingsOf(nets: readonly Net[], straight: readonly Link[]): (readonly [track: number, row: number])[] {
	/** The first track from which each row is in use at the second rank: many nets may arrive on one. */
	const arrivals = new Map<number, number>();
	for (const { tos, arrives } of nets)
		for (const row of tos) arrivals.set(row, Math.min(arrives.track, arrivals.get(row) ?? arrives.track));
	/** From the first rank to the track (`until`), or from the track to the second (`from`). */
	const runs = nets.flatMap(net => {
		const free =
			net.leaves === net.arrives
				? []
				: [{ row: net.arrives.rows[0] ?? 0, from: net.leaves.track, until: net.arrives.track }];
		return [...net.froms.map(row => ({ row, from: -1, until: net.leaves.track })), ...free];
	});
	runs.push(...Array.from(arrivals, ([row, from]) => ({ row, from, until: Number.POSITIVE_INFINITY })));
	runs.push(...straight.map(({ from }) => ({ row: from, from: -1, until: Number.POSITIVE_INFINITY })));
	const pieces = new Set(nets.flatMap(({ leaves, arrives }) => [leaves, arrives]));
	return [...pieces].flatMap(({ rows, first, last, track }) => {
		const own = new Set(rows);
		return runs
			.filter(({ row, from, until }) => row > first && row < last && !own.has(row) && from < track && until > track)
			.map(({ row }) => [track, row] as const);
	});
}
