import { searchServices } from './search-services';
import type { ServiceView } from './services-api';

const view = (slug: string, title: string, cy: string, keywords: readonly string[]): ServiceView => ({
  slug, version: '1', title: { en: title, cy }, summary: { en: `${title} online.`, cy: `${cy} ar-lein.` }, category: { id: 'x', title: { en: 'Council', cy: 'Cyngor' } }, keywords: { en: keywords, cy: [] }, signIn: 'offered', minutes: 5, path: `/services/${slug}`,
});
const services = [
  view('garden-waste', 'Garden waste collection', 'Casglu gwastraff gardd', ['brown bin', 'grass', 'hedge cuttings']),
  view('report-a-problem', 'Report a problem', 'Rhoi gwybod am broblem', ['pothole', 'street light', 'fly-tipping', 'missed bin']),
  view('resident-parking', 'Resident parking permit', 'Trwydded barcio i breswylwyr', ['car', 'visitor']),
];
const slugs = (words: string) => searchServices(services, words).map(({ slug }) => slug);

describe('the search for services', () => {
  it('puts the best first', () => expect(slugs('bin')).toEqual(expect.arrayContaining(['garden-waste', 'report-a-problem'])));
  it.each([['pot hole'], ['Potholes'], ['pothle'], ['POTHOLE!']])('finds the pothole by %p', (words) => expect(slugs(words)[0]).toBe('report-a-problem'));
  it('finds by the beginning of a word', () => expect(slugs('park')).toEqual(['resident-parking']));
  it('finds in Welsh, with or without accents', () => expect(slugs('gwastraff')[0]).toBe('garden-waste'));
  it('forgives two letters that changed places', () => expect(slugs('gadren waste')[0]).toBe('garden-waste'));
  it('passes over words that are in every question', () => expect(slugs('how do I get a parking permit')[0]).toBe('resident-parking'));
  it('finds nothing for nothing, and for what nobody offers', () => {
    expect(slugs('   ')).toEqual([]);
    expect(slugs('submarine')).toEqual([]);
  });
});
