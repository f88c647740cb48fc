import type {DescribedFact} from '../../metrics/model/description.ts';
import type {JsonObject} from '../../metrics/model/json.ts';
import {objectAt, objectsAt, textAt} from '../inventory/json-field.ts';
import {decodeExtended} from '../inventory/resource-amounts.ts';
import {conditionFacts, type Judgement, labelsFact, optionalFact} from './described-fact.ts';

/** Ready is True while all is well, and the other conditions of a kubelet are False. */
const JUDGEMENT: Judgement = {
	isGood: (type, status) => (type === 'Ready' ? status === 'True' : isPressure(type) && status === 'False'),
	isWrong: (type, status) => (type === 'Ready' ? status !== 'True' : isPressure(type) && status !== 'False'),
};

function isPressure(type: string): boolean {
	return /Pressure$|^NetworkUnavailable$/.test(type);
}

/** The facts of a `v1.Node` that the inventory does not keep. */
export function nodeDescription(node: JsonObject): readonly DescribedFact[] {
	const spec = objectAt(node, 'spec');
	const status = objectAt(node, 'status');
	const info = objectAt(status, 'nodeInfo');
	const allocatable = decodeExtended(objectAt(status, 'allocatable'));
	const extended = Object.entries(decodeExtended(objectAt(status, 'capacity')) ?? {}).filter(
		([, amount]) => amount > 0,
	);
	return [
		...conditionFacts(status, JUDGEMENT),
		...optionalFact(
			'Extended',
			extended
				.map(([name, amount]) => `${name} ${allocatable?.[name] ?? 0} of ${amount} allocatable`)
				.join(', '),
		),
		...optionalFact(
			'Addresses',
			objectsAt(status, 'addresses')
				.map(address => `${textAt(address, 'type') ?? ''} ${textAt(address, 'address') ?? ''}`)
				.join(', '),
		),
		...optionalFact('Runtime', textAt(info, 'containerRuntimeVersion')),
		...optionalFact('Kernel', textAt(info, 'kernelVersion')),
		...optionalFact('Machine', textAt(info, 'architecture')),
		...optionalFact('Provider', textAt(spec, 'providerID')),
		...optionalFact('Pod CIDR', textAt(spec, 'podCIDR')),
		...labelsFact(objectAt(node, 'metadata')),
	];
}
