import type {KeptFigures} from './figure-room.ts';
import {PackedUsage} from './packed-usage.ts';

/** The node that objects are on: one object for all of them. */
export type OnNode = {
	readonly cluster?: string | undefined;
	readonly nodeId: string;
	readonly node: string;
};

/** What names an object on a node, and seldom changes. */
type Named = {
	readonly id: string;
	readonly on: OnNode;
	readonly name: string;
};

/** The row of an object on a node. What seldom changes of it is one object for all of its rows. */
export abstract class PackedRow<Identity extends Named> extends PackedUsage {
	readonly #identity: Identity;

	protected constructor(identity: Identity, kept: KeptFigures) {
		super(kept);
		this.#identity = identity;
	}

	get identity(): Identity {
		return this.#identity;
	}

	get id(): string {
		return this.#identity.id;
	}

	get cluster(): string | undefined {
		return this.#identity.on.cluster;
	}

	get nodeId(): string {
		return this.#identity.on.nodeId;
	}

	get node(): string {
		return this.#identity.on.node;
	}

	get name(): string {
		return this.#identity.name;
	}
}
