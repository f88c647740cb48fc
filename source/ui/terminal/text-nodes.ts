import {plainWidth} from './cell-text.ts';

/** A node of Ink's tree (`dom.js`): a box, a text with its style, or the characters in it (`#text`). */
export type TextNode = {
	readonly nodeName: string;
	readonly nodeValue?: string;
	readonly childNodes?: readonly TextNode[];
	readonly parentNode?: TextNode | undefined;
	readonly style?: {readonly textWrap?: string};
};

/**
 * Replaces Ink's squashTextNodes, which joins and cleans the texts in a node anew for each frame. The result for a node
 * with one text is kept until that changes.
 */
export function keptUntilChanged(squash: (node: TextNode) => string): (node: TextNode) => string {
	const known = new WeakMap<TextNode, {readonly of: string; readonly squashed: string}>();
	return node => {
		const of = node.childNodes?.length === 1 ? node.childNodes[0]?.nodeValue : undefined;
		if (of === undefined) {
			return squash(node);
		}

		const before = known.get(node);
		if (before?.of === of) {
			return before.squashed;
		}

		const squashed = squash(node);
		known.set(node, {of, squashed});
		return squashed;
	};
}

/**
 * Whether a text takes the place of the one before without another layout: both are one line of the same width, which is
 * not wrapped. Ink would lay out the whole screen again.
 */
export function keepsLayout({parentNode}: TextNode, before: string | undefined, after: string): boolean {
	if (
		before === undefined ||
		before.includes('\n') ||
		after.includes('\n') ||
		parentNode?.style?.textWrap?.startsWith('truncate') !== true
	) {
		return false;
	}

	const width = plainWidth(after);
	return width !== undefined && width === plainWidth(before);
}
