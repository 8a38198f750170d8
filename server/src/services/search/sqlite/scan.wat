;; Dot products of int8 vectors with one query, 16 lanes at a time.
;; `vectors`: `count` rows of `dims` bytes (a multiple of 16); `query`: the same dims as int16; `mask`: one byte per row,
;; 0 leaves the row out (its output is left as it was); `out`: one int32 per row.
(module
  (memory (export "memory") 1 65536)
  (func (export "scan")
    (param $vectors i32) (param $count i32) (param $dims i32) (param $query i32) (param $mask i32) (param $out i32)
    (local $row_end i32) (local $q i32) (local $mask_end i32)
    (local $x v128) (local $low v128) (local $high v128)
    (local.set $mask_end (i32.add (local.get $mask) (local.get $count)))
    (block $done
      (loop $rows
        (br_if $done (i32.ge_u (local.get $mask) (local.get $mask_end)))
        (local.set $row_end (i32.add (local.get $vectors) (local.get $dims)))
        (if (i32.load8_u (local.get $mask))
          (then
            (local.set $low (v128.const i32x4 0 0 0 0))
            (local.set $high (v128.const i32x4 0 0 0 0))
            (local.set $q (local.get $query))
            (loop $lanes
              (local.set $x (v128.load (local.get $vectors)))
              (local.set $low (i32x4.add (local.get $low)
                (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_s (local.get $x)) (v128.load (local.get $q)))))
              (local.set $high (i32x4.add (local.get $high)
                (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_s (local.get $x)) (v128.load offset=16 (local.get $q)))))
              (local.set $q (i32.add (local.get $q) (i32.const 32)))
              (local.set $vectors (i32.add (local.get $vectors) (i32.const 16)))
              (br_if $lanes (i32.lt_u (local.get $vectors) (local.get $row_end))))
            (local.set $low (i32x4.add (local.get $low) (local.get $high)))
            (i32.store (local.get $out)
              (i32.add
                (i32.add (i32x4.extract_lane 0 (local.get $low)) (i32x4.extract_lane 1 (local.get $low)))
                (i32.add (i32x4.extract_lane 2 (local.get $low)) (i32x4.extract_lane 3 (local.get $low)))))))
        (local.set $vectors (local.get $row_end))
        (local.set $mask (i32.add (local.get $mask) (i32.const 1)))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (br $rows)))))
