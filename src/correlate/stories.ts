import type { Finding, FindingRef, Sighting } from '../model/finding.ts';
import {
  type Actor,
  type Anchor,
  absorb,
  addStage,
  credentialsOf,
  forgetStages,
  isStory,
  newActor,
  stageOf,
  weightOfActor,
} from './actor.ts';
import type { Correlator, Story } from './correlator.ts';
import { dataSighting, isDataStory, isOfData } from './data-story.ts';
import { limits } from './limits.ts';
import { linksOf } from './links.ts';
import { storySighting } from './telling.ts';

/**
 * Puts sightings together that one actor ties (its lineage, keys, instances, addresses) and tells those that make up an
 * intrusion as one finding. Sightings come in event-time order; those of one time may come in any.
 */
export class Stories implements Correlator {
  /** What each holds, in bytes, when it was seen last. Those seen longest ago come first. */
  readonly #actors = new Map<Actor, number>();
  readonly #byLink = new Map<string, Actor>();
  /** What all actors hold, in bytes. */
  #weighs = 0;
  /** What the hub's answer means for the actor of a story. */
  readonly #tellers = new WeakMap<Story, (as: FindingRef) => void>();
  evicted = 0;

  see(sighting: Sighting, finding: Finding): readonly Story[] {
    const actor = this.#actorOf(sighting, finding);
    if (actor === undefined || !isStory(actor, sighting.time)) return [];
    if (actor.anchor === undefined) forgetStages(actor, sighting.time - limits.windowMs);
    actor.anchor ??= credentialsOf(actor);
    if (actor.anchor === undefined) return [];
    const told: Story = {
      sighting: storySighting(actor, actor.anchor, sighting),
      of: [...actor.unnamed.values()],
      ...(actor.story === undefined ? {} : { as: actor.story }),
    };
    this.#tellers.set(told, (as) => {
      actor.story = as;
      actor.unnamed.clear();
    });
    if (!isOfData(finding) || !isDataStory(actor, sighting.time)) return [told];
    const ofData: Story = {
      sighting: dataSighting(actor, actor.anchor, sighting),
      of: [],
      ...(actor.dataStory === undefined ? {} : { as: actor.dataStory }),
    };
    this.#tellers.set(ofData, (as) => {
      actor.dataStory = as;
    });
    return [told, ofData];
  }

  told(story: Story, as: FindingRef): void {
    this.#tellers.get(story)?.(as);
  }

  recall(findings: Iterable<Finding>): void {
    const all = [...findings].sort((a, b) => a.lastSeen - b.lastSeen || (a.id < b.id ? -1 : 1));
    // A story was told where its first credentials were used, which need not be among those recalled first.
    const stories = new Map(all.filter(({ type }) => isStoryType(type)).map((story) => [story.id, story]));
    for (const finding of all) {
      const actor = this.#actorOf({ ...finding, detector: '', time: finding.lastSeen }, finding);
      if (actor === undefined || finding.story === undefined) continue;
      actor.story = finding.story;
      const story = stories.get(finding.story.id);
      if (story !== undefined) forgetStages(actor, story.createdAt - limits.windowMs);
      actor.anchor ??= (story && anchorOf(story)) ?? credentialsOf(actor);
      actor.unnamed.delete(finding.id);
    }
  }

  #actorOf(sighting: Sighting, finding: Finding): Actor | undefined {
    if (isStoryType(sighting.type)) return undefined;
    const links = linksOf(sighting);
    if (links.size === 0) return undefined;
    this.#forget(sighting.time - limits.windowMs);
    const actor = this.#joined(links, sighting.time);
    for (const link of links) this.#tie(actor, link);
    addStage(actor, stageOf(finding));
    // Seen last: at the end.
    this.#remove(actor);
    this.#actors.set(actor, weightOfActor(actor));
    this.#weighs += weightOfActor(actor);
    return actor;
  }

  /** The one actor of all whom these links tie: the one that began first. */
  #joined(links: ReadonlySet<string>, time: number): Actor {
    const tied = new Set<Actor>();
    for (const link of links) {
      const actor = this.#byLink.get(link);
      if (actor !== undefined) tied.add(actor);
    }
    const [actor = newActor(time), ...others] = [...tied].sort((a, b) => a.first - b.first);
    for (const other of others) {
      absorb(actor, other);
      this.#drop(other);
      for (const link of other.links) this.#tie(actor, link);
    }
    return actor;
  }

  #tie(actor: Actor, link: string): void {
    if (actor.links.size >= limits.linksPerActor) return;
    if (!actor.links.has(link)) actor.weighs += 96 + link.length;
    actor.links.add(link);
    this.#byLink.set(link, actor);
  }

  #forget(before: number): void {
    for (const actor of this.#actors.keys()) {
      const isRoom = this.#actors.size < limits.actors && this.#weighs <= limits.bytes;
      if (actor.last >= before && isRoom) return;
      if (actor.last >= before) this.evicted++;
      this.#drop(actor);
    }
  }

  #drop(actor: Actor): void {
    this.#remove(actor);
    for (const link of actor.links) if (this.#byLink.get(link) === actor) this.#byLink.delete(link);
  }

  #remove(actor: Actor): void {
    this.#weighs -= this.#actors.get(actor) ?? 0;
    this.#actors.delete(actor);
  }
}

function anchorOf({ account, region, resource }: Finding): Anchor | undefined {
  return resource.accessKey === undefined ? undefined : { account, region, accessKey: resource.accessKey };
}

function isStoryType(type: string): boolean {
  return type.startsWith('AttackSequence:');
}
