import { mergeRights, type Rights, readSignal } from '../../domain/rights.ts';
import { attributeOf, headTags } from './meta-tags.ts';

/** `noai` of the `robots` meta tag and of `X-Robots-Tag`: neither training nor input of models. */
const ofRobots = (value: string): Rights =>
  /\bnoai\b/i.test(value.slice(0, 1000)) ? { aiTrain: false, aiInput: false } : {};

/** TDM Reservation Protocol: 1 reserves text and data mining, training with it; the policy says on what terms. */
const ofTdm = (reservation: string, policy: string, pageUrl: string): Rights =>
  reservation.trim() === '1' ? { aiTrain: false, ...licenseAt(policy, pageUrl) } : {};

function licenseAt(address: string, pageUrl: string): Rights {
  const url = address.trim() === '' ? null : URL.parse(address.trim(), pageUrl);
  return url && /^https?:$/.test(url.protocol) ? { license: url.href } : {};
}

/** What robots.txt of a site says. `licenses` as written there. */
export function siteRights(page: URL, signals: readonly string[], licenses: readonly string[]): Rights {
  return mergeRights(
    ...signals.map((signal) => readSignal(signal, page.pathname)),
    ...licenses.map((license) => licenseAt(license, page.href)),
  );
}

/** What the headers of an answer say. */
export function headerRights(headers: Readonly<Record<string, string>>, pageUrl: string): Rights {
  const { pathname } = new URL(pageUrl);
  return mergeRights(
    ofRobots(headers['x-robots-tag'] ?? ''),
    ofTdm(headers['tdm-reservation'] ?? '', headers['tdm-policy'] ?? '', pageUrl),
    readSignal(headers['content-signal'] ?? '', pathname),
    readSignal(headers['content-usage'] ?? '', pathname),
  );
}

/** What the head of a page says. */
export function pageRights(html: string, pageUrl: string): Rights {
  const metas = headTags(html, 'meta');
  const named = (name: string): string =>
    metas
      .filter((tag) => attributeOf(tag, 'name').toLowerCase() === name)
      .map((tag) => attributeOf(tag, 'content'))
      .join(',');
  const licences = headTags(html, 'link').filter(
    (tag) => /\blicense\b/i.test(attributeOf(tag, 'rel')) && /^application\/rsl\+xml\b/i.test(attributeOf(tag, 'type')),
  );
  return mergeRights(
    ofRobots(named('robots')),
    ofTdm(named('tdm-reservation'), named('tdm-policy'), pageUrl),
    readSignal(named('content-signal'), new URL(pageUrl).pathname),
    ...licences.map((tag) => licenseAt(attributeOf(tag, 'href'), pageUrl)),
  );
}
