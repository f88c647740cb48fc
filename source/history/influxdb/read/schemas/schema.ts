import type {PastValue} from '../../../store/history-request.ts';
import type {KeptInstead} from '../../../store/kept-instead.ts';

/** Where and how a value is stored. */
export type Field = {
	readonly measurement: string;
	readonly field: string;
	/** Stored values are divided by this to get base units. */
	readonly divisor: number;
	/** A cumulative counter; the value is its rate. */
	readonly isCounter?: true;
	/** The writer stores 0 for unknown values. */
	readonly isZeroUnknown?: true;
};

/** A filter on one tag. */
export type TagCondition =
	| {readonly tag: string; readonly is: string}
	| {readonly tag: string; readonly isNot: string};

/** The tags that hold the parts of a subject's name. */
export type IdentityTags = {
	readonly node?: string;
	readonly namespace?: string;
	readonly pod?: string;
	readonly container?: string;
};

/** How subjects of one kind are stored. */
export type KindSchema = {
	readonly tags: IdentityTags;
	readonly conditions: readonly TagCondition[];
	readonly fields: Readonly<Partial<Record<PastValue, Field>>>;
};

/** The schema of one writer, as data from which queries are built. */
export type SchemaTable = {
	readonly name: string;
	readonly node: KindSchema;
	readonly pod: KindSchema;
	readonly container: KindSchema;
	/** Series whose stored quantity is not the one shown live. */
	readonly differences: readonly KeptInstead[];
};

/** The schema that was detected in a database. */
export type InfluxdbSchema = {
	readonly table: SchemaTable;
	readonly database: string;
	/** Undefined: the database's default. */
	readonly retentionPolicy: string | undefined;
};
