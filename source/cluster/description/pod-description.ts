import type {DescribedFact} from '../../metrics/model/description.ts';
import type {JsonObject} from '../../metrics/model/json.ts';
import {integerAt, objectAt, objectsAt, textAt, textsAt} from '../inventory/json-field.ts';
import {extendedRequestsOf} from '../inventory/pod-resources.ts';
import {conditionFacts, describedFact, type Judgement, labelsFact, optionalFact} from './described-fact.ts';
import {probesOf} from './probe-text.ts';

/** Conditions that are True while all is well (`v1.PodConditionType`). */
const TRUE_IF_WELL: ReadonlySet<string> = new Set([
	'PodScheduled',
	'PodReadyToStartContainers',
	'Initialized',
	'ContainersReady',
	'Ready',
]);

const JUDGEMENT: Judgement = {
	isGood: (type, status) => TRUE_IF_WELL.has(type) && status === 'True',
	isWrong: (type, status, reason) =>
		TRUE_IF_WELL.has(type)
			? status !== 'True' && reason !== 'PodCompleted'
			: type === 'DisruptionTarget' && status === 'True',
};

/** Shown of the digest of an image. */
const DIGEST_CHARACTERS = 12;

/** The facts of a `v1.Pod` that the inventory does not keep, of all containers or one of them. */
export function podDescription(pod: JsonObject, only: string | undefined): readonly DescribedFact[] {
	const spec = objectAt(pod, 'spec');
	const status = objectAt(pod, 'status');
	const containers = [
		...objectsAt(spec, 'initContainers'),
		...objectsAt(spec, 'containers'),
		...objectsAt(spec, 'ephemeralContainers'),
	].filter(container => only === undefined || container.name === only);
	const statuses = [
		...objectsAt(status, 'initContainerStatuses'),
		...objectsAt(status, 'containerStatuses'),
		...objectsAt(status, 'ephemeralContainerStatuses'),
	];
	const ofContainers = containers.flatMap(container =>
		containerFacts(
			container,
			statuses.find(({name}) => name === container.name),
			only === undefined,
		),
	);
	if (only !== undefined) {
		return ofContainers;
	}

	return [
		...conditionFacts(status, JUDGEMENT),
		...ofContainers,
		...optionalFact('IP', addressesOf(status).join(' ')),
		...optionalFact('Host IP', textAt(status, 'hostIP')),
		...optionalFact('Account', textAt(spec, 'serviceAccountName')),
		...optionalFact('Priority', textAt(spec, 'priorityClassName')),
		...optionalFact(
			'Selector',
			Object.entries(textsAt(spec, 'nodeSelector'))
				.map(([name, value]) => `${name}=${value}`)
				.join(' '),
		),
		...labelsFact(objectAt(pod, 'metadata')),
	];
}

function containerFacts(
	container: JsonObject,
	status: JsonObject | undefined,
	isNamed: boolean,
): readonly DescribedFact[] {
	const name = textAt(container, 'name') ?? '';
	const of = (text: string): string => (isNamed ? `${name}: ${text}` : text);
	const image = textAt(container, 'image') ?? '';
	const digest = digestOf((status && textAt(status, 'imageID')) ?? '');
	const ports = objectsAt(container, 'ports').map(
		port =>
			`${integerAt(port, 'containerPort') ?? '?'}/${textAt(port, 'protocol') ?? 'TCP'}${labelled(textAt(port, 'name'))}`,
	);
	const extended = Object.entries(extendedRequestsOf(container) ?? {});
	return [
		...(isNamed
			? optionalFact('Image', image === '' ? '' : of(image.includes(digest) ? image : `${image} ${digest}`))
			: optionalFact('Image ID', digest)),
		...probesOf(container).map(([kind, text]) => describedFact('Probe', of(`${kind} ${text}`))),
		...(ports.length === 0 ? [] : [describedFact('Ports', of(ports.join(' ')))]),
		...(extended.length === 0
			? []
			: [
					describedFact(
						'Extended',
						of(extended.map(([resource, amount]) => `${amount} ${resource}`).join(', ')),
					),
				]),
	];
}

function labelled(name: string | undefined): string {
	return name === undefined ? '' : ` ${name}`;
}

/** `sha256:0123456789ab` of an image's id; empty if it has no digest. */
function digestOf(imageId: string): string {
	const [, digest] = /(sha256:[\da-f]+)$/.exec(imageId) ?? [];
	return digest?.slice(0, 'sha256:'.length + DIGEST_CHARACTERS) ?? '';
}

function addressesOf(status: JsonObject): readonly string[] {
	const all = objectsAt(status, 'podIPs').flatMap(address => textAt(address, 'ip') ?? []);
	const only = textAt(status, 'podIP');
	return all.length > 0 || only === undefined ? all : [only];
}
