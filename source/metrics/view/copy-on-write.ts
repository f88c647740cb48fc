/** An array of one owner that forks and answers may have as well: the owner copies it before it changes it again. */
export class CopyOnWrite<A extends {slice(): A}> {
	#array: A;
	#isLent = false;

	constructor(array: A) {
		this.#array = array;
	}

	/** To be read before the next change. */
	get current(): A {
		return this.#array;
	}

	/** The same, never to be changed: what follows goes into a copy. */
	lend(): A {
		this.#isLent = true;
		return this.#array;
	}

	/** To be changed until it is lent again. */
	own(): A {
		if (this.#isLent) {
			this.replace(this.#array.slice());
		}

		return this.#array;
	}

	/** Goes on with an array that nobody else has. */
	replace(array: A): void {
		this.#array = array;
		this.#isLent = false;
	}

	/** The same for another owner. */
	fork(): CopyOnWrite<A> {
		const fork = new CopyOnWrite(this.lend());
		fork.#isLent = true;
		return fork;
	}
}
