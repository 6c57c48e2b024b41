/**
 * Replaces yoga-layout, Ink's layout engine, in the bundle (`patches/yoga-layout/without-webassembly.ts`). Panes
 * compute their own places, to the cell: of Yoga's features only rows, columns, positions and sizes are used. Yoga is a
 * WebAssembly program that costs 25 MB of memory and a tenth of the start. The names are Yoga's, as Ink calls them.
 * Unsupported calls throw, so that a test finds them and not an operator.
 */
// Yoga's constants have no export of their own; they do not need its WebAssembly.
import enums from '../../node_modules/yoga-layout/dist/src/generated/YGEnums.js';

type Size = { readonly width: number; readonly height: number };
type MeasureFunction = (width: number, widthMode: number, height: number, heightMode: number) => Size;

const none = { left: 0, top: 0, width: 0, height: 0 };

class PlainNode {
	#children: PlainNode[] = [];
	#parent: PlainNode | null = null;
	#width: number | undefined;
	#height: number | undefined;
	#left = 0;
	#top = 0;
	#isAbsolute = false;
	#isHidden = false;
	// Yoga's default.
	#isRow = false;
	#measure: MeasureFunction | null = null;
	/** The natural size of the measured text, until it is marked dirty. */
	#natural: Size | null = null;
	/** The size under a width, cells: that of the last layout. */
	#fitted: { readonly within: number; readonly size: Size } | null = null;
	#place = none;

	insertChild(child: PlainNode, index: number): void {
		this.#children.splice(index, 0, child);
		child.#parent = this;
	}

	removeChild(child: PlainNode): void {
		this.#children = this.#children.filter(other => other !== child);
		child.#parent = null;
	}

	getChildCount = (): number => this.#children.length;
	getParent = (): PlainNode | null => this.#parent;

	setMeasureFunc(measure: MeasureFunction): void {
		this.#measure = measure;
		this.markDirty();
	}

	unsetMeasureFunc(): void {
		this.#measure = null;
	}

	markDirty(): void {
		this.#natural = null;
		this.#fitted = null;
	}

	free(): void {
		this.#children = [];
	}

	freeRecursive(): void {
		this.free();
	}

	setWidth(width: number | undefined): void {
		this.#width = width;
	}

	setHeight(height: number | undefined): void {
		this.#height = height;
	}

	setWidthAuto(): void {
		this.#width = undefined;
	}

	setHeightAuto(): void {
		this.#height = undefined;
	}

	setPositionType(type: number): void {
		this.#isAbsolute = type === enums.POSITION_TYPE_ABSOLUTE;
	}

	setPosition(edge: number, position: number | undefined): void {
		if (edge === enums.EDGE_LEFT) this.#left = position ?? 0;
		else if (edge === enums.EDGE_TOP) this.#top = position ?? 0;
		else if (position !== undefined) throw unsupported('a position from the right or the bottom');
	}

	setFlexDirection(direction: number): void {
		if (direction !== enums.FLEX_DIRECTION_ROW && direction !== enums.FLEX_DIRECTION_COLUMN)
			throw unsupported('a reversed direction');
		this.#isRow = direction === enums.FLEX_DIRECTION_ROW;
	}

	setDisplay(display: number): void {
		this.#isHidden = display === enums.DISPLAY_NONE;
	}

	getDisplay = (): number => (this.#isHidden ? enums.DISPLAY_NONE : enums.DISPLAY_FLEX);

	/** Nothing grows; a text shrinks to its space, whatever is set here. */
	setFlexGrow = refused(0, 'flexGrow');
	setFlexShrink = refused(1, 'flexShrink');
	setFlexWrap = refused(enums.WRAP_NO_WRAP, 'flexWrap');

	getComputedLeft = (): number => this.#place.left;
	getComputedTop = (): number => this.#place.top;
	getComputedWidth = (): number => this.#place.width;
	getComputedHeight = (): number => this.#place.height;
	getComputedPadding = (): number => 0;
	getComputedBorder = (): number => 0;

	/** Places all nodes under this one, which is the root. */
	calculateLayout(): void {
		this.#placeAt(0, 0, this.#sizeWithin(Number.POSITIVE_INFINITY));
	}

	/** Its own size if it is at most this wide, in cells. */
	#sizeWithin(room: number): Size {
		if (this.#isHidden) return none;
		const width = this.#width;
		const height = this.#height;
		if (width !== undefined && height !== undefined) return { width, height };
		const inner = width ?? room;
		const own = this.#measure ? this.#measured(inner) : this.#ofChildren(inner);
		return { width: width ?? own.width, height: height ?? own.height };
	}

	#measured(room: number): Size {
		this.#natural ??= this.#measure?.(Number.NaN, enums.MEASURE_MODE_UNDEFINED, Number.NaN, 0) ?? none;
		if (this.#natural.width <= room) return this.#natural;
		if (this.#fitted?.within !== room) {
			const size = this.#measure?.(room, enums.MEASURE_MODE_AT_MOST, Number.NaN, 0) ?? none;
			this.#fitted = { within: room, size };
		}
		return this.#fitted?.size ?? none;
	}

	#ofChildren(room: number): Size {
		let along = 0;
		let across = 0;
		for (const child of this.#children) {
			if (child.#isAbsolute) continue;
			const { width, height } = child.#sizeWithin(room);
			along += this.#isRow ? width : height;
			across = Math.max(across, this.#isRow ? height : width);
		}
		return this.#isRow ? { width: along, height: across } : { width: across, height: along };
	}

	#placeAt(left: number, top: number, { width, height }: Size): void {
		this.#place = { left, top, width, height };
		let along = 0;
		for (const child of this.#children) {
			if (child.#isHidden) {
				child.#placeAt(0, 0, none);
				continue;
			}
			const size = child.#sizeWithin(width);
			if (child.#isAbsolute) {
				child.#placeAt(child.#left, child.#top, size);
				continue;
			}
			// Nodes without a size across are stretched.
			if (this.#isRow) child.#placeAt(along, 0, { ...size, height: child.#height ?? height });
			else child.#placeAt(0, along, { ...size, width: child.#width ?? width });
			along += this.#isRow ? size.width : size.height;
		}
	}
}

/** A setter that accepts only the value of this layout. */
function refused(only: number, name: string): (value: number) => void {
	return value => {
		if (value !== only) throw unsupported(`${name} ${value}`);
	};
}

const unsupported = (what: string) => new Error(`patches/yoga-layout/plain-layout.ts does not lay out ${what}`);

/** The part of a Yoga node that Ink uses. */
export type PlainLayoutNode = PlainNode;

export default { ...enums, Node: { create: (): PlainLayoutNode => new PlainNode() } };
