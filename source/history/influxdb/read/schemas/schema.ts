import type {PastValue} from '../../../store/history-request.ts';
import type {KeptInstead} from '../../../store/kept-instead.ts';

/** Where a value is stored, and how. */
export type Field = {
	readonly measurement: string;
	readonly field: string;
	/** What a stored value is divided by. */
	readonly divisor: number;
	/** Cumulative: its rate is the value. */
	readonly isCounter?: true;
	/** The writer stores 0 for what it does not know. */
	readonly isZeroUnknown?: true;
};

/** A tag that has to have a value, or must not. */
export type Condition =
	| {readonly tag: string; readonly is: string}
	| {readonly tag: string; readonly isNot: string};

/** The parts of a subject's name that a place tells in tags. */
export type IdentityTags = {
	readonly node?: string;
	readonly namespace?: string;
	readonly pod?: string;
	readonly container?: string;
};

/** How the subjects of one kind are stored. */
export type KindSchema = {
	readonly tags: IdentityTags;
	readonly conditions: readonly Condition[];
	readonly fields: Readonly<Partial<Record<PastValue, Field>>>;
};

/** How one writer stores what it measures: data alone, which the queries are made from. */
export type SchemaTable = {
	readonly name: string;
	readonly node: KindSchema;
	readonly pod: KindSchema;
	readonly container: KindSchema;
	/** Where it keeps another quantity than what is shown live. */
	readonly differences: readonly KeptInstead[];
};

/** A table found in a database. */
export type InfluxdbSchema = {
	readonly table: SchemaTable;
	readonly database: string;
	/** Undefined: the database's default. */
	readonly retentionPolicy: string | undefined;
};
