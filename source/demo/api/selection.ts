import {type FieldTerm, type ObjectLabels, parseFieldSelector, parseLabelSelector} from './selectors.ts';
import {badRequest, type StatusError} from './status.ts';

export type ControllerName = 'deployments' | 'statefulsets' | 'daemonsets';

export type ResourceName = 'nodes' | 'pods' | 'namespaces' | ControllerName;

/** Selects objects of a resource. */
export type ObjectSelection = {
	readonly resource: ResourceName;
	/** Undefined for all namespaces and for cluster-scoped resources. */
	readonly namespace: string | undefined;
	/** The value that a field must have; undefined if any value is selected. */
	readonly fieldValue: (field: string) => string | undefined;
	readonly isSelected: (labels: () => ObjectLabels, fields: () => ObjectLabels) => boolean;
	/** True with a namespace or selector. */
	readonly isNarrowed: boolean;
};

const NAMES = ['metadata.name', 'metadata.namespace'];

/** The supported fields of field selectors. */
const FIELDS: Readonly<Record<ResourceName, readonly string[]>> = {
	nodes: ['metadata.name', 'spec.unschedulable'],
	pods: ['metadata.name', 'metadata.namespace', 'spec.nodeName', 'status.phase'],
	namespaces: ['metadata.name', 'status.phase'],
	deployments: NAMES,
	statefulsets: NAMES,
	daemonsets: NAMES,
};

/** Parses the parameters `labelSelector` and `fieldSelector`. */
export function readSelection(
	resource: ResourceName,
	namespace: string | undefined,
	parameters: URLSearchParams,
): ObjectSelection | StatusError {
	const labelSelector = parameters.get('labelSelector') ?? '';
	const fieldSelector = parameters.get('fieldSelector') ?? '';
	const matchesLabels = parseLabelSelector(labelSelector);
	if (matchesLabels === undefined) {
		return badRequest(`unable to parse requirement: ${JSON.stringify(labelSelector)} is no label selector`);
	}

	const terms = parseFieldSelector(fieldSelector);
	if (terms === undefined) {
		return badRequest(`invalid field selector: ${JSON.stringify(fieldSelector)}`);
	}

	const unknown = terms.find(({field}) => !FIELDS[resource].includes(field));
	if (unknown !== undefined) {
		return badRequest(`field label not supported: ${unknown.field}`);
	}

	return {
		resource,
		namespace,
		fieldValue: name => terms.find(({field, isEqual}) => isEqual && field === name)?.value,
		isSelected: (labels, fields) =>
			(terms.length === 0 || matchesFields(terms, fields())) &&
			(labelSelector === '' || matchesLabels(labels())),
		isNarrowed: namespace !== undefined || labelSelector !== '' || terms.length > 0,
	};
}

/** Selects the object with this name. */
export function selectByName(
	resource: ResourceName,
	namespace: string | undefined,
	name: string,
): ObjectSelection {
	return {
		resource,
		namespace,
		fieldValue: field => (field === 'metadata.name' ? name : undefined),
		isSelected: (_, fields) => fields()['metadata.name'] === name,
		isNarrowed: true,
	};
}

function matchesFields(terms: readonly FieldTerm[], fields: ObjectLabels): boolean {
	return terms.every(({field, value, isEqual}) => ((fields[field] ?? '') === value) === isEqual);
}
