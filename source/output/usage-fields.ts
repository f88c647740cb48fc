import type {ResourceAmounts} from '../metrics/model/inventory.ts';
import type {FilesystemReading, PressureReading} from '../metrics/model/reading.ts';
import type {Usage} from '../metrics/model/row.ts';
import {
	bytes,
	cores,
	type Fields,
	knownFields,
	type MaybeFields,
	roundedPerSecond,
	seconds,
	time,
} from './fields.ts';

export function sampleFields(row: Usage, nowMs: number): Fields {
	return knownFields({
		time: time(row.sampleTimeMs),
		ageSeconds: seconds(row.receivedAtMs === undefined ? undefined : Math.max(nowMs - row.receivedAtMs, 0)),
		windowSeconds: seconds(row.cpuWindowMs),
	});
}

export function memoryFields(row: Usage): MaybeFields {
	return {
		workingSetBytes: bytes(row.memoryWorkingSetBytes),
		usageBytes: bytes(row.memoryUsageBytes),
		rssBytes: bytes(row.memoryRssBytes),
		cacheBytes: bytes(row.memoryCacheBytes),
		availableBytes: bytes(row.memoryAvailableBytes),
		pageFaultsPerSecond: roundedPerSecond(row.pageFaultsPerSecond),
		majorPageFaultsPerSecond: roundedPerSecond(row.majorPageFaultsPerSecond),
		swapBytes: bytes(row.swapUsageBytes),
	};
}

export function networkFields(row: Usage): Fields {
	return knownFields({
		rxBytesPerSecond: roundedPerSecond(row.rxBytesPerSecond),
		txBytesPerSecond: roundedPerSecond(row.txBytesPerSecond),
		rxErrorsPerSecond: roundedPerSecond(row.rxErrorsPerSecond),
		txErrorsPerSecond: roundedPerSecond(row.txErrorsPerSecond),
		windowSeconds: seconds(row.networkWindowMs),
	});
}

export function pressureFields(pressure: PressureReading | undefined): Fields | undefined {
	return pressure === undefined ? undefined : knownFields(pressure);
}

export function filesystemFields(filesystem: FilesystemReading): MaybeFields {
	return {
		usedBytes: bytes(filesystem.usedBytes),
		capacityBytes: bytes(filesystem.capacityBytes),
		availableBytes: bytes(filesystem.availableBytes),
		inodes: filesystem.inodes,
		inodesFree: filesystem.inodesFree,
		inodesUsed: filesystem.inodesUsed,
	};
}

export function cpuFields({cpuCores, cpuSplit}: Usage): MaybeFields {
	return {
		usageCores: cores(cpuCores),
		userCores: cores(cpuSplit?.user),
		systemCores: cores(cpuSplit?.system),
	};
}

/** Requests and limits, where they are known. */
export type Claims = {readonly requests: ResourceAmounts; readonly limits: ResourceAmounts} | undefined;

export function cpuClaims(claims: Claims): MaybeFields {
	return {requestCores: cores(claims?.requests.cpuCores), limitCores: cores(claims?.limits.cpuCores)};
}

export function memoryClaims(claims: Claims): MaybeFields {
	return {requestBytes: bytes(claims?.requests.memoryBytes), limitBytes: bytes(claims?.limits.memoryBytes)};
}
