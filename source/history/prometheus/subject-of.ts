import type {HistorySubject, SubjectKind} from '../history-request.ts';
import type {Labels} from './labels.ts';
import type {LabelSet} from './query-result.ts';

/** Whose row it is; undefined where a label is missing, as on rows that belong to no pod. */
export function subjectOf(kind: SubjectKind, row: LabelSet, labels: Labels): HistorySubject | undefined {
	const nameOf = (label: keyof Labels): string => row[labels[label]] ?? '';
	const subject = ((): HistorySubject => {
		switch (kind) {
			case 'cluster':
				return {kind};
			case 'node':
			case 'namespace':
				return {kind, name: nameOf(kind)};
			case 'pod':
				return {kind, namespace: nameOf('namespace'), name: nameOf('pod')};
			case 'container':
				return {kind, namespace: nameOf('namespace'), pod: nameOf('pod'), name: nameOf('container')};
		}
	})();
	return Object.values(subject).includes('') ? undefined : subject;
}
