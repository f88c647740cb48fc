import type {ClusterRow, ObjectRow, Row, Subject} from './row.ts';

/** The object that a row is, or stands for. */
export function objectOfRow(row: Row): ObjectRow;
export function objectOfRow(row: Subject): ObjectRow | ClusterRow;
export function objectOfRow(row: Subject): ObjectRow | ClusterRow {
	return row.kind === 'tree' || row.kind === 'problem' ? row.of : row;
}
