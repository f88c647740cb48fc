import type {HistorySubject, SubjectKind} from '../store/history-request.ts';
import type {LabelNames} from './label-names.ts';
import type {LabelSet} from './query-result.ts';

/** The subject of a series; undefined if a label is missing, as on series without a pod. */
export function subjectOfLabels(
	kind: SubjectKind,
	row: LabelSet,
	labels: LabelNames,
): HistorySubject | undefined {
	const nameOf = (label: keyof LabelNames): string => row[labels[label]] ?? '';
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
