import fc from 'fast-check';
import { expect, test } from 'vitest';
// The package's own name resolves to the tested layout.
import { loadYoga } from 'yoga-layout/load';
import plain from '../../../patches/yoga-layout/plain-layout.ts';
import { runs } from '../../random.ts';

const Yoga = await loadYoga();

type Size = { width: number; height: number };

/** The parts of a node that Ink uses and both layouts have. */
interface LayoutNode {
	insertChild(child: LayoutNode, index: number): void;
	removeChild(child: LayoutNode): void;
	setMeasureFunc(measure: (width: number, widthMode: number) => Size): void;
	markDirty(): void;
	setWidth(width: number): void;
	setHeight(height: number): void;
	setFlexDirection(direction: number): void;
	setFlexGrow(grow: number): void;
	setFlexShrink(shrink: number): void;
	setPositionType(type: number): void;
	setPosition(edge: number, position: number): void;
	setDisplay(display: number): void;
	getComputedLeft(): number;
	getComputedTop(): number;
	getComputedWidth(): number;
	getComputedHeight(): number;
	calculateLayout(width: undefined, height: undefined, direction: number): void;
	freeRecursive(): void;
}

const libraries: readonly { readonly Node: { create: () => LayoutNode } }[] = [Yoga, plain];

type Tree = {
	readonly width?: number | undefined;
	readonly height?: number | undefined;
	/** Left and top: it is where it says. */
	readonly at?: readonly [number, number] | undefined;
	readonly isRow?: boolean;
	readonly isHidden?: boolean;
	/** Width of a text, cells: it is wrapped if it is wider than its space. */
	readonly text?: number;
	readonly children?: readonly Tree[];
};

/** Sets what Ink sets for a box and a text (ink/build/dom.js, styles.js). */
function build(create: () => LayoutNode, tree: Tree): LayoutNode {
	const node = create();
	node.setFlexDirection(tree.isRow ? Yoga.FLEX_DIRECTION_ROW : Yoga.FLEX_DIRECTION_COLUMN);
	node.setFlexGrow(0);
	node.setFlexShrink(1);
	if (tree.at) {
		node.setPositionType(Yoga.POSITION_TYPE_ABSOLUTE);
		node.setPosition(Yoga.EDGE_LEFT, tree.at[0]);
		node.setPosition(Yoga.EDGE_TOP, tree.at[1]);
	}
	if (tree.width !== undefined) node.setWidth(tree.width);
	if (tree.height !== undefined) node.setHeight(tree.height);
	if (tree.isHidden) node.setDisplay(Yoga.DISPLAY_NONE);
	const { text } = tree;
	if (text !== undefined)
		node.setMeasureFunc((width, mode) =>
			mode === Yoga.MEASURE_MODE_UNDEFINED || text <= width
				? { width: text, height: 1 }
				: { width, height: Math.ceil(text / width) },
		);
	for (const [index, child] of (tree.children ?? []).entries()) node.insertChild(build(create, child), index);
	return node;
}

/**
 * Left, top and width of each text, the sizes of each box: what Ink draws by. It does not read the height of a text.
 */
function places(create: () => LayoutNode, tree: Tree): unknown[] {
	const root = create();
	root.setWidth(120);
	const nodes: LayoutNode[] = [];
	const collecting = () => {
		const node = create();
		nodes.push(node);
		return node;
	};
	root.insertChild(build(collecting, tree), 0);
	root.calculateLayout(undefined, undefined, Yoga.DIRECTION_LTR);
	const isText = texts(tree);
	const found = nodes.map((node, index) => [
		node.getComputedLeft(),
		node.getComputedTop(),
		node.getComputedWidth(),
		...(isText[index] ? [] : [node.getComputedHeight()]),
	]);
	root.freeRecursive();
	return found;
}
const texts = (tree: Tree): boolean[] => [tree.text !== undefined, ...(tree.children ?? []).flatMap(texts)];

const size = fc.integer({ min: 1, max: 120 });
const textTree: fc.Arbitrary<Tree> = fc.record({ text: size, isRow: fc.constant(true) });
/** A part of the screen: a box in its place with a text in it. */
const part: fc.Arbitrary<Tree> = fc.record({
	at: fc.tuple(fc.nat(100), fc.nat(50)),
	width: size,
	height: size,
	isRow: fc.constant(true),
	isHidden: fc.boolean(),
	children: fc.tuple(textTree),
});
const screen: fc.Arbitrary<Tree> = fc.record({
	width: size,
	height: size,
	isRow: fc.constant(true),
	children: fc.array(part),
});
/** ink-table's: a column of rows of texts that fit. */
const table: fc.Arbitrary<Tree> = fc.record({
	children: fc.array(
		fc.record({
			isRow: fc.constant(true),
			children: fc.array(fc.record({ text: fc.integer({ min: 1, max: 12 }), isRow: fc.constant(true) }), {
				minLength: 1,
				maxLength: 10,
			}),
		}),
	),
});

test('property: screens and tables are where Yoga puts them', () => {
	const [yoga, own] = libraries;
	if (!yoga || !own) throw new Error('two are compared');
	fc.assert(
		fc.property(fc.oneof(screen, table), tree => {
			expect(places(own.Node.create, tree)).toEqual(places(() => yoga.Node.create(), tree));
		}),
		{ numRuns: runs(500) },
	);
});

test('a text is measured once for a width, and again when it is marked dirty', () => {
	const root = plain.Node.create();
	root.setWidth(10);
	const text = plain.Node.create();
	let measured = 0;
	let width = 4;
	text.setMeasureFunc(() => {
		measured++;
		return { width, height: 1 };
	});
	root.insertChild(text, 0);
	root.calculateLayout();
	root.calculateLayout();
	expect(measured).toBe(1);
	width = 7;
	text.markDirty();
	root.setFlexDirection(Yoga.FLEX_DIRECTION_ROW);
	root.calculateLayout();
	expect(text.getComputedWidth()).toBe(7);
	root.removeChild(text);
	expect(root.getChildCount()).toBe(0);
});

test('what it does not lay out, it refuses', () => {
	const node = plain.Node.create();
	expect(() => node.setFlexGrow(1)).toThrow(/plain-layout\.ts does not lay out flexGrow 1/);
	expect(() => node.setFlexWrap(Yoga.WRAP_WRAP)).toThrow(/flexWrap/);
	expect(() => node.setPosition(Yoga.EDGE_RIGHT, 3)).toThrow(/from the right/);
	expect('setMargin' in node, 'margins, borders, gaps are no methods of it: Ink fails where one is set').toBe(false);
});
