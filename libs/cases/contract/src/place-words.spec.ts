import { placeWords } from './place-words';

const point = { latitude: 53.3, longitude: 2.1 };

describe('where something is, in words', () => {
  it('is the street and the point that was marked in it, together', () => {
    expect(placeWords({ lines: ['Mill Lane', 'Little Testing'], point, isMarked: true, near: '4 Mill Lane, ZZ99 9AD', note: 'by the bridge\non the left' })).toEqual([
      'Mill Lane', 'Little Testing', { en: 'Point on the map near 4 Mill Lane, ZZ99 9AD (53.30000, 2.10000)', cy: 'Pwynt ar y map ger 4 Mill Lane, ZZ99 9AD (53.30000, 2.10000)' }, 'by the bridge', 'on the left',
    ]);
  });
  it('says nothing of the middle of a street, which nobody marked', () => {
    expect(placeWords({ lines: ['Mill Lane', 'Little Testing'], point })).toEqual(['Mill Lane', 'Little Testing']);
  });
  it('is a point alone where there is nothing else', () => {
    expect(placeWords({ point })).toEqual([{ en: 'Point on the map: 53.30000, 2.10000', cy: 'Pwynt ar y map: 53.30000, 2.10000' }]);
  });
});
