import type {KeptFigures} from './figure-room.ts';
import {PackedUsage} from './packed-usage.ts';

/** What names an object on a node, and seldom changes. */
type Named = {
	readonly id: string;
	readonly cluster?: string | undefined;
	readonly nodeId: string;
	readonly node: string;
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
		return this.#identity.cluster;
	}

	get nodeId(): string {
		return this.#identity.nodeId;
	}

	get node(): string {
		return this.#identity.node;
	}

	get name(): string {
		return this.#identity.name;
	}
}
